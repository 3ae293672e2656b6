"""Alembic's side of `cargo xtask bench models`: the same tables, made in a loop."""

import os

import sqlalchemy as sa
from alembic import context

metadata = sa.MetaData()
for number in range(1, TABLES + 1):
    name = f"item{number:04}"
    sa.Table(
        name,
        metadata,
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("email", sa.String(255)),
        sa.Column("note", sa.Text),
        sa.Column("amount", sa.Integer, nullable=False, server_default="0"),
        sa.Column("total", sa.BigInteger),
        sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("rate", sa.Double, nullable=False),
        sa.Column("day", sa.SmallInteger),
        sa.Column("size", sa.Integer),
        sa.Column("code", sa.String(8), nullable=False, server_default="new"),
        sa.Column("parent_id", sa.BigInteger, sa.ForeignKey(f"item{max(number - 1, 1):04}.id", ondelete="CASCADE")),
        sa.Index(f"ix_{name}_name", "name"),
        sa.Index(f"ix_{name}_amount_total", "amount", "total"),
        sa.Index(f"ix_{name}_parent_id", "parent_id"),
    )

engine = sa.create_engine(os.environ["DATABASE_URL"], poolclass=sa.pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()
