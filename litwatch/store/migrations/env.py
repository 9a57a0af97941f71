"""Runs the migrations on the connection, and in the transaction, of whoever asks for them."""

from alembic import context

given = context.config.attributes
context.configure(connection=given["connection"], version_table=given["version_table"])
with context.begin_transaction():
    context.run_migrations()
