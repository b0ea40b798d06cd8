using Harness.Chaos.Environments;
using Npgsql;

namespace Harness.Chaos.Faults.Stores;

/// <summary>Somebody holds a lock on a whole table, as a careless migration does: everybody who reads or writes it waits.</summary>
public sealed record LockTableFault : PostgresFault
{
    /// <summary>The table; letters, digits and underscores.</summary>
    public required string Table { get; init; }

    public override string Kind => LockTableFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => With(("table", Table));

    public override string? Holds => "locks";

    public override IInjection Prepare(IRunningEnvironment environment, TimeProvider time) => new Injection(this, environment, time);

    private sealed class Injection(LockTableFault fault, IRunningEnvironment environment, TimeProvider time) : IInjection
    {
        private const string Waiting =
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()";

        private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
        private readonly HashSet<int> _waited = [];
        private NpgsqlDataSource? _source;
        private NpgsqlConnection? _holder;
        private Func<CancellationToken, Task>? _stop;

        public async Task InjectAsync(CancellationToken runToken)
        {
            _source = fault.Open(environment);
            _holder = await _source.OpenConnectionAsync(runToken);
            // The name was checked when the fault was read: letters, digits and underscores.
            await using var take = new NpgsqlCommand($"BEGIN; LOCK TABLE \"{fault.Table}\" IN ACCESS EXCLUSIVE MODE", _holder);
            await take.ExecuteNonQueryAsync(runToken);
            _stop = Loop.Start(LookAsync);
        }

        public async Task<IReadOnlyDictionary<string, double>?> HealAsync(CancellationToken healToken)
        {
            if (_holder is not null)
                await _holder.DisposeAsync();
            if (_stop is not null)
                await _stop(healToken);
            if (_source is not null)
                await _source.DisposeAsync();
            return new Dictionary<string, double> { ["connections that waited"] = _waited.Count };
        }

        private async Task LookAsync(CancellationToken token)
        {
            while (true)
            {
                await using (NpgsqlCommand look = _source!.CreateCommand(Waiting))
                await using (NpgsqlDataReader rows = await look.ExecuteReaderAsync(CancellationToken.None))
                {
                    while (await rows.ReadAsync(CancellationToken.None))
                        _waited.Add(rows.GetInt32(0));
                }

                await Task.Delay(LookEvery, time, token);
            }
        }
    }
}

internal sealed class LockTableFaultKind : IFaultKind
{
    public const string Word = "lock-table";

    public string Name => Word;

    public string Summary => "somebody holds a lock on a whole table of a database: database, table";

    public Fault Read(FaultFields fields)
    {
        string table = fields.Own.RequiredText("table");
        if (table.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '_'))
            fields.Own.Report("table", $"'{table}' takes letters, digits and underscores only");
        return new LockTableFault { Parts = fields.NeedsStore(StoreFields.Postgres, "database"), Database = fields.Database(), Table = table };
    }
}
