"""Personal data in free text: what is masked before anything is stored, and which figures are nobody's secret."""
