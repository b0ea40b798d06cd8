using System.Globalization;
using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Npgsql;

namespace Harness.Chaos.Faults.Stores;

/// <summary>Every statement that writes to a table of the database takes longer, while it holds its locks: as with a missing index or a slow disk.</summary>
public sealed record SlowQueriesFault : PostgresFault
{
    /// <summary>Added to each statement.</summary>
    public required TimeSpan Delay { get; init; }

    public override string Kind => SlowQueriesFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => With(("delay", Units.Text(Delay)));

    public override string? Holds => "triggers";

    public override IInjection Prepare(IRunningEnvironment environment, TimeProvider time) => new Injection(this, environment);

    private sealed class Injection(SlowQueriesFault fault, IRunningEnvironment environment) : IInjection
    {
        private const string Tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename";
        private NpgsqlDataSource? _source;

        // A sequence counts whatever becomes of the transaction.
        private string Install => string.Create(CultureInfo.InvariantCulture, $"""
            CREATE SCHEMA harness_fault;
            CREATE SEQUENCE harness_fault.slowed;
            CREATE FUNCTION harness_fault.slow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
            $$ BEGIN PERFORM nextval('harness_fault.slowed'); PERFORM pg_sleep({fault.Delay.TotalSeconds}); RETURN NULL; END $$
            """);

        public async Task InjectAsync(CancellationToken runToken)
        {
            _source = fault.Open(environment);
            await RunAsync(_source, Install, runToken);
            var tables = new List<string>();
            await using (NpgsqlCommand ask = _source.CreateCommand(Tables))
            await using (NpgsqlDataReader rows = await ask.ExecuteReaderAsync(runToken))
            {
                while (await rows.ReadAsync(runToken))
                    tables.Add(rows.GetString(0));
            }

            foreach (string table in tables)
                await RunAsync(_source, $"CREATE TRIGGER harness_slow BEFORE INSERT OR UPDATE OR DELETE ON \"{table}\" EXECUTE FUNCTION harness_fault.slow()", runToken);
        }

        public async Task<IReadOnlyDictionary<string, double>?> HealAsync(CancellationToken healToken)
        {
            if (_source is null)
                return null;
            double slowed = 0;
            try
            {
                await using NpgsqlCommand ask = _source.CreateCommand("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM harness_fault.slowed");
                slowed = Convert.ToDouble(await ask.ExecuteScalarAsync(healToken), CultureInfo.InvariantCulture);
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
            {
                // It was cut off before it was in place.
                slowed = 0;
            }

            // The triggers go with the function that they call.
            await RunAsync(_source, "DROP SCHEMA IF EXISTS harness_fault CASCADE", healToken);
            await _source.DisposeAsync();
            return new Dictionary<string, double> { ["statements slowed"] = slowed };
        }

        private static async Task RunAsync(NpgsqlDataSource source, string sql, CancellationToken token)
        {
            await using NpgsqlCommand command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(token);
        }
    }
}

internal sealed class SlowQueriesFaultKind : IFaultKind
{
    public const string Word = "slow-queries";

    public string Name => Word;

    public string Summary => "every statement that writes takes longer while it holds its locks: database, delay";

    public Fault Read(FaultFields fields) => new SlowQueriesFault
    {
        Parts = fields.NeedsStore(StoreFields.Postgres, "database"),
        Database = fields.Database(),
        Delay = fields.Duration("delay"),
    };
}
