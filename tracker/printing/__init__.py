"""Pictures and pages through QtGui, without windows: PNG, SVG, PDF."""
