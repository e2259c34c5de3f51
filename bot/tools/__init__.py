"""What operators type beside a running bot: the doctor, orders, tables."""
