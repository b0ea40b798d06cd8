namespace Harness.Target.Storage;

/// <summary>What the databases write differently; all other SQL is the same for both.</summary>
/// <param name="Sequence">The type of a column that numbers its rows by itself, in the order of their writing, and never gives a number twice.</param>
/// <param name="NowMicros">An expression, in brackets, for the moment at which a row is written: microseconds since 1970.</param>
public sealed record SqlDialect(string Sequence, string NowMicros)
{
    public static readonly SqlDialect Sqlite = new("INTEGER PRIMARY KEY AUTOINCREMENT", "(CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) * 1000)");
    public static readonly SqlDialect Postgres = new("BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "((extract(epoch FROM clock_timestamp()) * 1000000)::bigint)");
}
