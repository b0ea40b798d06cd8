using Harness.Chaos.Environments;
using Npgsql;

namespace Harness.Chaos.Faults.Stores;

/// <summary>Somebody takes every connection that the database server has left, and each that is given back; new ones are refused.</summary>
public sealed record ExhaustConnectionsFault : PostgresFault
{
    public override string Kind => ExhaustConnectionsFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => With();

    public override IInjection Prepare(IRunningEnvironment environment, TimeProvider time) => new Injection(this, environment, time);

    private sealed class Injection(ExhaustConnectionsFault fault, IRunningEnvironment environment, TimeProvider time) : IInjection
    {
        private static readonly TimeSpan AgainEvery = TimeSpan.FromMilliseconds(100);
        private readonly List<NpgsqlConnection> _held = [];
        private NpgsqlDataSource? _source;
        private Func<CancellationToken, Task>? _stop;

        public async Task InjectAsync(CancellationToken runToken)
        {
            _source = fault.Open(environment);
            while (await TakeAsync())
                runToken.ThrowIfCancellationRequested();
            _stop = Loop.Start(async token =>
            {
                while (true)
                {
                    await Task.Delay(AgainEvery, time, token);
                    await TakeAsync();
                }
            });
        }

        public async Task<IReadOnlyDictionary<string, double>?> HealAsync(CancellationToken healToken)
        {
            if (_stop is not null)
                await _stop(healToken);
            foreach (NpgsqlConnection connection in _held)
                await connection.DisposeAsync();
            if (_source is not null)
                await _source.DisposeAsync();
            return new Dictionary<string, double> { ["connections taken"] = _held.Count };
        }

        private async Task<bool> TakeAsync()
        {
            try
            {
                _held.Add(await _source!.OpenConnectionAsync(CancellationToken.None));
                return true;
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.TooManyConnections)
            {
                return false;
            }
        }
    }
}

internal sealed class ExhaustConnectionsFaultKind : IFaultKind
{
    public const string Word = "exhaust-connections";

    public string Name => Word;

    public string Summary => "every connection that the database server has left is taken: database";

    public Fault Read(FaultFields fields) =>
        new ExhaustConnectionsFault { Parts = fields.NeedsStore(StoreFields.Postgres, "database"), Database = fields.Database() };
}
