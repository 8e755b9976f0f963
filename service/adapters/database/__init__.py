"""The database: the only package that imports SQLAlchemy."""

from service.adapters.database.connection import connect
from service.adapters.database.migrate import migrate, opened
from service.adapters.database.unit_of_work import Database

__all__ = ["Database", "connect", "migrate", "opened"]
