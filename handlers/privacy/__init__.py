"""Personal data in free text: what is masked before storing, and which figures are not secret."""
