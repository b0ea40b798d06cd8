namespace Harness.Target.Storage;

/// <summary>The one thing that the databases write differently; all other SQL is the same for both.</summary>
/// <param name="Sequence">The type of a column that numbers its rows by itself, in the order of their writing, and never gives a number twice.</param>
public sealed record SqlDialect(string Sequence)
{
    public static readonly SqlDialect Sqlite = new("INTEGER PRIMARY KEY AUTOINCREMENT");
    public static readonly SqlDialect Postgres = new("BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY");
}
