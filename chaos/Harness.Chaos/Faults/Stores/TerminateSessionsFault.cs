using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Npgsql;

namespace Harness.Chaos.Faults.Stores;

/// <summary>The database server ends every session of a service, in the middle of whatever it does, again and again.</summary>
public sealed record TerminateSessionsFault : PostgresFault
{
    /// <summary>How often.</summary>
    /// <value>Default 1 s.</value>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    public override string Kind => TerminateSessionsFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => With(("every", Units.Text(Every)));

    public override IInjection Prepare(IRunningEnvironment environment, TimeProvider time) => new Injection(this, environment, time);

    private sealed class Injection(TerminateSessionsFault fault, IRunningEnvironment environment, TimeProvider time) : IInjection
    {
        private const string Terminate =
            "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";

        private NpgsqlDataSource? _source;
        private Func<CancellationToken, Task>? _stop;
        private long _terminated;

        public async Task InjectAsync(CancellationToken runToken)
        {
            _source = fault.Open(environment);
            await TerminateAsync();
            _stop = Loop.Start(async token =>
            {
                while (true)
                {
                    await Task.Delay(fault.Every, time, token);
                    await TerminateAsync();
                }
            });
        }

        public async Task<IReadOnlyDictionary<string, double>?> HealAsync(CancellationToken healToken)
        {
            if (_stop is not null)
                await _stop(healToken);
            if (_source is not null)
                await _source.DisposeAsync();
            return new Dictionary<string, double> { ["sessions ended"] = _terminated };
        }

        private async Task TerminateAsync()
        {
            await using NpgsqlCommand terminate = _source!.CreateCommand(Terminate);
            _terminated += (long)(await terminate.ExecuteScalarAsync(CancellationToken.None))!;
        }
    }
}

internal sealed class TerminateSessionsFaultKind : IFaultKind
{
    public const string Word = "terminate-sessions";

    public string Name => Word;

    public string Summary => "the database server ends every session of a service, again and again: database, every";

    public Fault Read(FaultFields fields)
    {
        var fault = new TerminateSessionsFault { Parts = fields.NeedsStore(StoreFields.Postgres, "database"), Database = fields.Database() };
        TimeSpan every = fields.Duration("every", fault.Every);
        if (every < TimeSpan.FromMilliseconds(50))
            fields.Own.Report("every", $"{Units.Text(every)} is too often; at least 50ms");
        return fault with { Every = every };
    }
}
