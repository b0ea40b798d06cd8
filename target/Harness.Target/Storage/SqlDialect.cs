namespace Harness.Target.Storage;

/// <summary>What the databases write differently; all other SQL is the same for both.</summary>
public sealed class SqlDialect
{
    public static readonly SqlDialect Sqlite = new() { Sequence = "INTEGER PRIMARY KEY AUTOINCREMENT" };
    public static readonly SqlDialect Postgres = new() { Sequence = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY" };

    private SqlDialect()
    {
    }

    /// <summary>The type of a column that numbers its rows by itself, in the order of their writing, and never gives a number twice.</summary>
    public required string Sequence { get; init; }

    /// <summary>Makes an index; harmless when it is there.</summary>
    /// <param name="name">The index's.</param>
    /// <param name="on">The table, its columns in brackets, and which rows.</param>
    // PostgreSQL locks the table before it looks whether there is such an index, and would wait there for a prepared transaction that waits for us.
    public string Index(string name, string on) => ReferenceEquals(this, Sqlite)
        ? $"CREATE INDEX IF NOT EXISTS {name} ON {on}"
        : $"DO $$ BEGIN IF to_regclass('{name}') IS NULL THEN CREATE INDEX {name} ON {on}; END IF; END $$";
}
