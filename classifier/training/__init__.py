"""Labels to a model: labelled counts -> folds -> support vector machines -> calibration."""
