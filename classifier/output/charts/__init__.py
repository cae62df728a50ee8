"""Charts of shares, for print and pages."""
