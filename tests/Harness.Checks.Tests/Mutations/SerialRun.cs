using Harness.Checks.Histories;
using Harness.Records;

namespace Harness.Checks.Tests.Mutations;

/// <summary>What an object that does one thing at a time answered to clients that never overlap: every answer is the only right one.</summary>
internal sealed class SerialRun(Random random)
{
    private readonly List<ClientOperation> _operations = [];
    private long _next;
    private Action? _end;

    public static List<ClientOperation> Of(string model, Random random, int count)
    {
        var run = new SerialRun(random);
        Action step = model switch
        {
            "register" => run.Register(),
            "cas-register" => run.CasRegister(),
            "kv" => run.KeyValue(),
            "counter" => run.Counter(),
            "set" => run.Set(),
            "queue" => run.Queue(),
            "bank" => run.Bank(),
            "list-append" => run.Lists(),
            _ => run.Registers(),
        };
        while (run._operations.Count < count)
            step();
        run._end?.Invoke();
        return run._operations;
    }

    private void Did(string f, object? value, Outcome outcome = Outcome.Ok, string? key = null)
    {
        int at = _operations.Count;
        _operations.Add(new ClientOperation(random.Next(5), f, key, value, TimeSpan.FromTicks(3 * at), TimeSpan.FromTicks(3 * at + 1), outcome, at + 1));
    }

    private Action Register()
    {
        object? held = null;
        return () => Either(() => Did("write", held = ++_next), () => Did("read", held));
    }

    private Action CasRegister()
    {
        long held = 0;
        Did("write", 0L);
        return () => Either(
            () =>
            {
                Did("cas", new FormList([held, held + 1]));
                held++;
            },
            () => Did("read", held));
    }

    private Action KeyValue()
    {
        string held = "";
        return () => Either(
            () =>
            {
                held += $"<{++_next}>";
                Did("append", $"<{_next}>", key: "k");
            },
            () => Did("get", held, key: "k"));
    }

    private Action Counter()
    {
        long held = 0;
        return () => Either(
            () =>
            {
                long amount = random.Next(1, 9);
                held += amount;
                Did("add", amount);
            },
            () => Did("read", held));
    }

    private Action Set()
    {
        var held = new List<object?>();
        return () => Either(
            () =>
            {
                held.Add(++_next);
                Did("add", _next);
            },
            () => Did("read", new FormList([.. held])));
    }

    private Action Queue()
    {
        var held = new Queue<long>();
        void Empty()
        {
            while (held.TryDequeue(out long taken))
                Did("dequeue", taken);
        }

        _end = () =>
        {
            Empty();
            Did("dequeue", null, Outcome.Refused);
        };
        return () => Either(
            () =>
            {
                held.Enqueue(++_next);
                Did("enqueue", _next);
            },
            Empty);
    }

    private Action Bank()
    {
        long[] held = [10, 10, 10];
        return () => Either(
            () =>
            {
                (int from, int to) = (random.Next(3), random.Next(3));
                if (held[from] == 0 || from == to)
                    return;
                (held[from], held[to]) = (held[from] - 1, held[to] + 1);
                Did("transfer", new FormMap([new("from", (long)from), new("to", (long)to), new("amount", 1L)], 0));
            },
            () => Did("read", new FormMap([.. held.Select((balance, account) => new KeyValuePair<object?, object?>((long)account, balance))], 0)));
    }

    private Action Lists()
    {
        var held = new List<object?>();
        return () => Either(
            () =>
            {
                held.Add(++_next);
                Did("txn", new FormList([new FormList([new FormWord("append"), "x", _next])]));
            },
            () => Did("txn", new FormList([new FormList([new FormWord("r"), "x", new FormList([.. held])])])));
    }

    private Action Registers()
    {
        object? held = null;
        return () => Either(
            () => Did("txn", new FormList([new FormList([new FormWord("w"), "x", held = ++_next])])),
            () => Did("txn", new FormList([new FormList([new FormWord("r"), "x", held])])));
    }

    private void Either(Action update, Action look) => (random.Next(2) == 0 ? update : look)();
}
