"""Fitting weights and lines from the FAQ itself, and measuring them on questions held out of the fit."""
