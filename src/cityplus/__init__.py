"""CityPlus: a global urban social network whose members are cities."""

__version__ = "0.1.0"
