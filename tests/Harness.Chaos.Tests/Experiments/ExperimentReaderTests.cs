using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Chaos.Faults.Network;
using Harness.Records;

namespace Harness.Chaos.Tests.Experiments;

public sealed class ExperimentReaderTests
{
    private const string Whole =
        """
        name: payments-partition
        hypothesis: Orders stay available.
        target: { coordination: choreography, resilience: off }
        load:
          - { scenario: checkout, arrivals: { rate: 40/s, shape: poisson } }
          - { scenario: browse, arrivals: { rate: 200/s } }
        timeline: { warmup: 1s, baseline: 2s, fault: 10s, recovery: 3s }
        faults:
          - partition: { edges: ["payments -> redis"], at: 1s, for: 4s }
          - latency: { name: slow, edges: "client->orders", delay: 200ms, jitter: 50ms }
        expect:
          - availability: { scenario: checkout, step: place, phase: fault, min: 99% }
          - latency: { scenario: browse, phase: baseline, p50: { max: 5ms }, p99.9: { max: 80ms } }
          - settled: { within: 45s }
          - checks: [money-conserved]
        stop-when:
          - availability: { scenario: checkout, below: 0.2, over: 5s }
        """;

    [Fact]
    public void Reads_every_part_of_an_experiment()
    {
        Experiment experiment = Read(Whole);

        Assert.Equal("payments-partition", experiment.Name);
        Assert.Equal("Orders stay available.", experiment.Hypothesis);
        Assert.Equal([new LoadStream("checkout", ArrivalShape.Poisson, 40), new LoadStream("browse", ArrivalShape.Constant, 200)], experiment.Load);
        Assert.Equal(new KeyValuePair<string, string>[] { new("coordination", "choreography"), new("resilience", "off") }, experiment.Target);
        Assert.Equal(TimeSpan.FromSeconds(16), experiment.Timeline.LoadDuration);
        Assert.Equal(TimeSpan.FromSeconds(3), experiment.Timeline.FaultStart);
        Assert.Equal([new AvailabilityStop("checkout", 0.2, TimeSpan.FromSeconds(5))], experiment.StopWhen.Cast<AvailabilityStop>());
        Assert.Equal(Whole, experiment.Source);
    }

    [Fact]
    public void Reads_faults_with_their_edges_and_times()
    {
        Experiment experiment = Read(Whole);

        var partition = Assert.IsType<PartitionFault>(experiment.Faults[0]);
        Assert.Equal("partition-1", partition.Name);
        Assert.Equal([new Edge("payments", "redis")], partition.Edges);
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)), (partition.At, partition.For));
        var latency = Assert.IsType<LatencyFault>(experiment.Faults[1]);
        Assert.Equal("slow", latency.Name);
        Assert.Equal((TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(50)), (latency.Delay, latency.Jitter));
        Assert.Equal(TimeSpan.FromSeconds(10), latency.For);
    }

    [Fact]
    public void Reads_expectations_and_gives_settling_the_time_it_asks_for()
    {
        Experiment experiment = Read(Whole);

        Assert.Equal(new AvailabilityExpectation("checkout", "place", Phase.Fault, 0.99), experiment.Expect[0]);
        Assert.Equal(new LatencyExpectation("browse", null, Phase.Baseline, 0.5m, TimeSpan.FromMilliseconds(5)), experiment.Expect[1]);
        Assert.Equal(new LatencyExpectation("browse", null, Phase.Baseline, 0.999m, TimeSpan.FromMilliseconds(80)), experiment.Expect[2]);
        Assert.Equal(new SettledExpectation(TimeSpan.FromSeconds(45)), experiment.Expect[3]);
        Assert.Equal(["money-conserved"], Assert.IsType<ChecksExpectation>(experiment.Expect[4]).Names);
        Assert.Equal(TimeSpan.FromSeconds(45), experiment.Timeline.Settle);
    }

    [Theory]
    [InlineData("rate: 40/s", "rate: -40/s", 5, "'-40/s' is not a rate")]
    [InlineData("rate: 40/s", "rate: 1000000/s", 5, "more than one machine can offer")]
    [InlineData("shape: poisson", "shape: poison", 5, "did you mean 'poisson'?")]
    [InlineData("scenario: checkout, arrivals", "scenario: chekout, arrivals", 5, "did you mean 'checkout'?")]
    [InlineData("hypothesis:", "hypotesis:", 2, "unknown key; did you mean 'hypothesis'?")]
    [InlineData("payments -> redis", "payment -> redis", 9, "did you mean 'payments -> redis'?")]
    [InlineData("- partition:", "- partiton:", 9, "did you mean 'partition'?")]
    [InlineData("at: 1s, for: 4s", "at: 8s, for: 4s", 9, "does not end within the fault phase of 10s")]
    [InlineData("delay: 200ms, ", "", 10, "delay: is missing")]
    [InlineData("jitter: 50ms", "jitter: 500ms", 10, "is more than the delay of 200ms")]
    [InlineData("phase: fault, min", "phase: falt, min", 12, "did you mean 'fault'?")]
    [InlineData("min: 99%", "min: 990", 12, "'990' is not a ratio")]
    [InlineData("- checks: [money-conserved]", "- checks: [money-conservd]", 15, "did you mean 'money-conserved'?")]
    [InlineData("over: 5s", "over: 500ms", 17, "must be whole seconds")]
    [InlineData("[\"payments -> redis\"]", "[\"payments -> redis\", \"payments -> redis\"]", 9, "is named twice")]
    [InlineData("step: place", "step: plac", 12, "did you mean 'place'?")]
    [InlineData("coordination: choreography", "coordination: 2pc", 3, "'2pc' is not known")]
    [InlineData("name: payments-partition", "name: ../elsewhere", 1, "letters, digits and hyphens only")]
    public void Says_line_value_and_what_would_be_right(string right, string wrong, int line, string message)
    {
        Problem problem = Assert.Single(Reader().Read(Whole.Replace(right, wrong, StringComparison.Ordinal), "my.yaml").Problems);

        Assert.Equal("my.yaml", problem.File);
        Assert.Equal(line, problem.Line);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_all_problems_at_once_in_the_order_of_the_file()
    {
        string yaml = Whole
            .Replace("shape: poisson", "shape: square", StringComparison.Ordinal)
            .Replace("delay: 200ms", "delay: slow", StringComparison.Ordinal)
            .Replace("over: 5s", "over: long", StringComparison.Ordinal);

        IReadOnlyList<Problem> problems = Reader().Read(yaml, "my.yaml").Problems;

        Assert.Contains(problems, problem => problem is { Line: 5 } && problem.Message.Contains("'square'", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem is { Line: 10 } && problem.Message.Contains("'slow'", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem is { Line: 17 } && problem.Message.Contains("'long'", StringComparison.Ordinal));
        Assert.Equal(problems.OrderBy(problem => problem.Line), problems);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- just\n- a list")]
    [InlineData("name: [unclosed")]
    [InlineData("name: a\nname: b\nload: []")]
    [InlineData("name: *nowhere")]
    [InlineData("load: checkout\nname: x\ntimeline: soon\nfaults: { a: b }\nexpect: 3")]
    public void Turns_what_is_no_experiment_into_problems_not_exceptions(string yaml)
    {
        ExperimentReading reading = Reader().Read(yaml, "my.yaml");

        Assert.Null(reading.Experiment);
        Assert.NotEmpty(reading.Problems);
    }

    [Fact]
    public void Says_so_when_the_file_is_not_there()
    {
        string missing = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".yaml");

        Problem problem = Assert.Single(Reader().ReadFile(missing).Problems);

        Assert.Equal(missing, problem.File);
    }

    private static Experiment Read(string yaml)
    {
        ExperimentReading reading = Reader().Read(yaml, "my.yaml");
        Assert.Empty(reading.Problems);
        return reading.Experiment!;
    }

    private static ExperimentReader Reader() =>
        new(
            new Vocabulary
            {
                Scenarios = ["checkout", "browse"],
                Steps = new Dictionary<string, IReadOnlyCollection<string>> { ["checkout"] = ["place", "follow"] },
                Checks = ["money-conserved", "no-oversell"],
            },
            new EmbeddedEnvironment());
}
