using Harness.Checks.Histories;
using Harness.Records;

namespace Harness.Checks.Tests.Mutations;

public sealed class MutationTests
{
    private const int Rounds = 40;
    private static readonly string[] Looks = ["read", "get", "dequeue"];
    private static readonly string[] Models = ["register", "cas-register", "kv", "counter", "set", "queue", "bank", "list-append", "rw-register"];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string model in Models)
            {
                cases.Add(model, "drop");
                cases.Add(model, "duplicate");
                cases.Add(model, "reorder");
                cases.Add(model, "stale");
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_right_history_passes_and_one_thing_changed_in_it_does_not(string model, string mutation)
    {
        for (int seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            List<ClientOperation> history = SerialRun.Of(model, random, 60);
            Assert.Equal(Verdict.Pass, Judge(history, model));

            Mutate(history, model, mutation, random);
            Assert.True(Judge(history, model) == Verdict.Fail, $"seed {seed}:\n{string.Join("\n", history.Select(o => $"{o.F} {Form.Text(o.Value)} {o.Outcome}"))}");
        }
    }

    private static void Mutate(List<ClientOperation> history, string model, string mutation, Random random)
    {
        switch (mutation)
        {
            case "drop" when model == "bank":
                // Money that was taken and never arrived.
                Replace(history, random, sees => sees.F == "read", sees => Balances(sees, -1));
                break;
            case "drop" when model == "queue":
                history.RemoveAt(Pick(history, random, o => o.F == "dequeue" && o.Outcome == Outcome.Ok));
                break;
            case "drop":
                // An update that somebody saw was never there.
                history.RemoveAt(Pick(history, random, o => !IsLook(o) && history.Exists(later => later.Invoked > o.Invoked && IsLook(later) && Shows(later, o, model))));
                break;
            case "duplicate":
                Replace(history, random, o => IsLook(o) && CanDouble(o), o => Doubled(o, model), insertAsWell: model == "queue");
                break;
            case "reorder":
                Swap(history, model, random);
                break;
            default:
                Stale(history, model, random);
                break;
        }
    }

    // What would be seen had the last update taken effect twice.
    private static ClientOperation Doubled(ClientOperation o, string model) => model switch
    {
        "queue" => o,
        "bank" => Balances(o, 1),
        "kv" => o with { Value = Form.Text(o.Value) + Form.Text(o.Value)[Form.Text(o.Value).LastIndexOf('<')..] },
        "set" => o with { Value = new FormList([.. ((FormList)o.Value!).Items, ((FormList)o.Value).Items[^1]]) },
        "list-append" => WithRead(o, new FormList([.. ((FormList)Read(o)!).Items, ((FormList)Read(o)!).Items[^1]])),
        "rw-register" => WithRead(o, (long)Read(o)! + 1_000),
        _ => o with { Value = (long)o.Value! + 1_000 },
    };

    private static bool CanDouble(ClientOperation o) => (o.F == "txn" ? Read(o) : o.Value) switch
    {
        FormList list => list.Items.Count > 0,
        "" or null => false,
        _ => o.Outcome == Outcome.Ok,
    };

    // Of an update and a look at it, the look comes first.
    private static void Swap(List<ClientOperation> history, string model, Random random)
    {
        if (model == "bank")
        {
            Replace(history, random, sees => sees.F == "read", sees => Balances(sees, 2));
            return;
        }

        int look = Pick(history, random, o => IsLook(o) && history.Exists(before => before.Invoked < o.Invoked && !IsLook(before) && Shows(o, before, model)));
        ClientOperation update = history.Last(o => o.Invoked < history[look].Invoked && !IsLook(o) && Shows(history[look], o, model));
        int at = history.IndexOf(update);
        (TimeSpan Invoked, TimeSpan? Completed) early = (update.Invoked, update.Completed);
        history[at] = update with { Invoked = history[look].Invoked, Completed = history[look].Completed };
        history[look] = history[look] with { Invoked = early.Invoked, Completed = early.Completed };
        history.Sort((one, other) => one.Invoked.CompareTo(other.Invoked));
    }

    // A late look sees what an early one saw.
    private static void Stale(List<ClientOperation> history, string model, Random random)
    {
        if (model == "bank")
        {
            // One account as it was, the others as they are.
            Replace(history, random, sees => sees.F == "read", sees => Balances(sees, 3));
            return;
        }

        ClientOperation[] looks = [.. history.Where(o => IsLook(o) && o.Outcome == Outcome.Ok)];
        ClientOperation last = looks[^1];
        ClientOperation early = looks.First(o => Form.Text(o.Value) != Form.Text(last.Value));
        history[history.IndexOf(last)] = last with { Value = early.Value };
    }

    private static bool Shows(ClientOperation look, ClientOperation update, string model)
    {
        object? seen = model is "list-append" or "rw-register" ? Read(look) : look.Value;
        object? made = model is "list-append" or "rw-register" ? ((FormList)((FormList)update.Value!).Items[0]!).Items[2]
            : model == "cas-register" && update.Value is FormList cas ? cas.Items[1] : update.Value;
        return model switch
        {
            "kv" => ((string)seen!).EndsWith((string)made!, StringComparison.Ordinal),
            "counter" => true,
            _ => seen is FormList list ? list.Items.Contains(made) : Equals(seen, made),
        };
    }

    private static bool IsLook(ClientOperation o) => Looks.Contains(o.F) || (o.F == "txn" && Form.Text(Step(o).Items[0]) == "r");

    private static FormList Step(ClientOperation o) => (FormList)((FormList)o.Value!).Items[0]!;

    private static object? Read(ClientOperation o) => Step(o).Items[2];

    private static ClientOperation WithRead(ClientOperation o, object? value) => o with { Value = new FormList([new FormList([new FormWord("r"), "x", value])]) };

    private static ClientOperation Balances(ClientOperation read, long more) => read with
    {
        Value = new FormMap([.. ((FormMap)read.Value!).Entries.Select((e, i) => i == 0 ? KeyValuePair.Create(e.Key, (object?)((long)e.Value! + more)) : e)], 0),
    };

    private static int Pick(List<ClientOperation> history, Random random, Predicate<ClientOperation> which)
    {
        int[] places = [.. Enumerable.Range(0, history.Count).Where(i => which(history[i]))];
        return places[random.Next(places.Length)];
    }

    private static void Replace(
        List<ClientOperation> history, Random random, Predicate<ClientOperation> which, Func<ClientOperation, ClientOperation> by, bool insertAsWell = false)
    {
        int at = Pick(history, random, which);
        if (insertAsWell)
            history.Add(by(history[at]) with { Invoked = TimeSpan.FromTicks(9_000), Completed = TimeSpan.FromTicks(9_001) });
        else
            history[at] = by(history[at]);
    }

    private static Verdict Judge(List<ClientOperation> history, string model) =>
        HistoryCheck.Judge(new ParsedHistory("jepsen-log", history), model, new(), TestContext.Current.CancellationToken).Verdict;
}
