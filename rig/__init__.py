"""What tests and measurements share: the virtual card, evenings that are typed, trials by killing and by hours."""

import voice  # noqa: F401  before numpy, whose threads it limits
