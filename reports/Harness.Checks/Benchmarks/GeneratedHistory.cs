using Harness.Records;

namespace Harness.Checks.Benchmarks;

/// <summary>Histories of a register that really does one thing at a time, seen by clients whose calls overlap.</summary>
public sealed class GeneratedHistory
{
    private readonly Random _random;
    private readonly GeneratedHistoryOptions _options;
    private readonly List<Operation> _history = [];
    private readonly OpenCall?[] _calls;
    private readonly int[] _processes;
    private string? _register;
    private int _written;
    private int _crashes;

    private GeneratedHistory(GeneratedHistoryOptions options)
    {
        _options = options;
        _random = new Random(options.Seed);
        _calls = new OpenCall?[options.Clients];
        _processes = [.. Enumerable.Range(0, options.Clients)];
    }

    /// <summary>A linearizable history; each tick of its clock is one thing that happened.</summary>
    public static IReadOnlyList<Operation> Register(GeneratedHistoryOptions options)
    {
        var generated = new GeneratedHistory(options);
        for (long tick = 1; generated._history.Count < options.Operations; tick++)
            generated.Advance(generated._random.Next(options.Clients), TimeSpan.FromTicks(tick));
        generated.CrashWhatIsOpen();
        return generated._history;
    }

    // A call is asked, takes effect, and comes back: three turns of its client, with those of others between them.
    private void Advance(int client, TimeSpan now)
    {
        if (_calls[client] is not { } call)
        {
            _calls[client] = Ask(now);
        }
        else if (!call.TookEffect)
        {
            TakeEffect(call);
            if (_random.NextDouble() < _options.CrashRatio)
                Crash(client, call);
        }
        else
        {
            _history.Add(new Operation(_processes[client], call.Kind, "r", call.Value, call.Invoked, now, call.Outcome));
            _calls[client] = null;
        }
    }

    private OpenCall Ask(TimeSpan now)
    {
        double draw = _random.NextDouble();
        return draw < _options.ReadRatio ? new OpenCall("read", null, now)
            : draw < _options.ReadRatio + _options.CasRatio ? new OpenCall("cas", Linearizability.CasValue.Of(Any(), Any()), now)
            : new OpenCall("write", _options.Values is null ? $"{++_written}" : Any(), now);
    }

    private void TakeEffect(OpenCall call)
    {
        call.TookEffect = true;
        if (call.Kind == "read")
        {
            call.Value = _register;
        }
        else if (call.Kind == "write")
        {
            _register = call.Value;
        }
        else
        {
            (string? expected, string? value) = Linearizability.CasValue.Parse(call.Value);
            call.Outcome = expected == _register ? Outcome.Ok : Outcome.Refused;
            _register = expected == _register ? value : _register;
        }
    }

    private void Crash(int client, OpenCall call)
    {
        _history.Add(new Operation(_processes[client], call.Kind, "r", call.Kind == "read" ? null : call.Value, call.Invoked, null, Outcome.Unknown));
        _calls[client] = null;
        _processes[client] = _options.Clients + _crashes++;
    }

    // What took effect may have been seen by others, so it belongs into the history though its answer never came.
    private void CrashWhatIsOpen()
    {
        for (int client = 0; client < _calls.Length; client++)
        {
            if (_calls[client] is { TookEffect: true } call)
                Crash(client, call);
        }
    }

    private string Any() => $"{_random.Next(_options.Values ?? 1)}";

    private sealed class OpenCall(string kind, string? value, TimeSpan invoked)
    {
        public string Kind => kind;
        public TimeSpan Invoked => invoked;
        public string? Value { get; set; } = value;
        public bool TookEffect { get; set; }
        public Outcome Outcome { get; set; } = Outcome.Ok;
    }
}
