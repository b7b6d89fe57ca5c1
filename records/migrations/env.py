"""Alembic's entry: runs on the connection that :meth:`records.database.Database.migrate` passes."""

from alembic import context

from records.tables import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
context.run_migrations()
