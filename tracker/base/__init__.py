"""What every layer may use: errors, progress, paths, resources and safe writing."""
