using Harness.Checks.Benchmarks;
using Harness.Checks.Linearizability;
using Harness.Records;

namespace Harness.Checks.Tests.Linearizability;

public sealed class BreadthFirstSearchTests
{
    [Theory]
    [InlineData("register")]
    [InlineData("key-value")]
    [InlineData("counter")]
    public void Agrees_with_trying_every_order_of_thousands_of_small_histories(string name)
    {
        var random = new Random(7);
        int legal = 0;
        const int rounds = 3_000;
        for (int round = 0; round < rounds; round++)
        {
            (SequentialObject about, Operation[] history) = name switch
            {
                "register" => (SequentialObject.Register, SmallHistory.Register(random, random.Next(2, 8))),
                "key-value" => (SequentialObject.KeyValue, SmallHistory.KeyValue(random, random.Next(2, 8))),
                _ => (SequentialObject.Counter, SmallHistory.Counter(random, random.Next(2, 8))),
            };
            bool expected = BruteForce.IsLinearizable(history, about);
            legal += expected ? 1 : 0;

            Assert.True(expected == (Search(history, about).Continue(1_000_000) == Verdict.Pass), $"round {round}: {string.Join("; ", history)}");
        }

        Assert.InRange(legal, rounds / 20, rounds * 19 / 20);
    }

    [Fact]
    public void Is_taken_up_where_it_was_paused()
    {
        IReadOnlyList<Operation> history = GeneratedHistory.Register(new() { Operations = 500, Clients = 6, Seed = 3 });
        ILinearizabilitySearch search = Search(history, SequentialObject.Register);
        int pauses = 0;
        Verdict verdict;
        while ((verdict = search.Continue(10)) == Verdict.Unknown && pauses < 1_000_000)
            pauses++;

        Assert.Equal(Verdict.Pass, verdict);
        Assert.InRange(pauses, 2, 1_000_000);
    }

    [Fact]
    public void Settles_many_crashed_writes_that_explain_nothing_in_few_nodes()
    {
        Operation[] history =
        [
            .. Enumerable.Range(0, 24).Select(i => new Operation(i, "write", "k", $"{i}", TimeSpan.FromTicks(i), null, Outcome.Unknown)),
            .. Enumerable.Range(0, 24).Select(i => new Operation(99, "cas", "k", $"[{i} 0]", TimeSpan.FromTicks(100 + i), TimeSpan.FromTicks(400 + i), Outcome.Refused)),
            new Operation(98, "read", "k", "never", TimeSpan.FromTicks(900), TimeSpan.FromTicks(901), Outcome.Ok),
        ];
        ILinearizabilitySearch search = Search(history, SequentialObject.Register);

        Assert.Equal(Verdict.Fail, search.Continue(2_000_000));
        Assert.InRange(search.Nodes, 1, 200_000);
    }

    private static BreadthFirstSearch<TestModel> Search(IReadOnlyList<Operation> history, SequentialObject about)
    {
        var values = new ValueNumbers();
        var reader = new StepReader(about, values);
        TimedStep[] steps = [.. history.Select(o => reader.Read(o)).OfType<TimedStep>()];
        return new BreadthFirstSearch<TestModel>(SearchPlanner.Plan(steps)!, new TestModel(about.Kind, values, values.NumberOf(about.Initial)));
    }

    /// <summary>Any of the models, chosen at run time.</summary>
    private readonly struct TestModel(ObjectKind kind, ValueNumbers values, long initial) : ISequentialModel
    {
        public long Initial => kind switch
        {
            ObjectKind.Counter => new CounterModel().Initial,
            ObjectKind.KeyValue => new AppendModel(values).Initial,
            _ => initial,
        };

        public bool TryStep(long state, in Step step, out long next) => kind switch
        {
            ObjectKind.Counter => new CounterModel().TryStep(state, step, out next),
            ObjectKind.KeyValue => new AppendModel(values).TryStep(state, step, out next),
            _ => new RegisterModel(initial).TryStep(state, step, out next),
        };
    }
}
