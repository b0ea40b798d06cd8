using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Chaos.Faults;
using Harness.Records;

namespace Harness.Chaos.Tests.Experiments;

public sealed class FaultsReaderTests
{
    [Theory]
    [InlineData("latency: { edges: client -> orders, delay: 200ms, jitter: 50ms, direction: upstream }", "delay 200ms, jitter 50ms, direction upstream")]
    [InlineData("latency: { edges: client -> orders, delay: 20ms, jitter: 5ms, distribution: normal }", "delay 20ms, distribution normal, jitter 5ms")]
    [InlineData("latency: { edges: client -> orders, delay: 20ms, distribution: pareto, shape: 1.2 }", "delay 20ms, distribution pareto, shape 1.2")]
    [InlineData("bandwidth: { edges: client -> orders, rate: 100kB/s, shared: no }", "rate 100kB/s, shared no")]
    [InlineData("loss: { edges: client -> orders, ratio: 5% }", "ratio 0.05, retransmission 200ms")]
    [InlineData("corruption: { edges: client -> orders, ratio: 0.001 }", "ratio 0.001")]
    [InlineData("reset: { edges: client -> orders, wait: 1s, ratio: 50% }", "wait 1s, ratio 0.5")]
    [InlineData("slow-open: { edges: client -> orders, delay: 3s }", "delay 3s")]
    [InlineData("slow-close: { edges: client -> orders, delay: 3s, direction: downstream }", "delay 3s, direction downstream")]
    [InlineData("cut-off: { edges: client -> orders, bytes: 1kB }", "bytes 1000B")]
    [InlineData("partition: { edges: client -> orders, direction: downstream }", "direction downstream")]
    [InlineData("flapping: { edges: client -> orders, down: 500ms, up: 1s }", "down 500ms, up 1s")]
    [InlineData("http: { edges: client -> orders, method: post, path: /orders, status: 503, ratio: 0.1 }", "method POST, path /orders, status 503, ratio 0.1")]
    [InlineData("http: { edges: client -> orders, abort: yes }", "abort yes")]
    [InlineData("http: { edges: client -> orders, delay: 2s }", "delay 2s")]
    public void Reads_each_kind_of_network_fault(string yaml, string parameters)
    {
        PlannedFault planned = Assert.Single(Experiment(yaml).Faults).Planned;

        Assert.Equal(yaml[..yaml.IndexOf(':', StringComparison.Ordinal)], planned.Kind);
        Assert.Equal(["client -> orders"], planned.Edges);
        Assert.Equal(parameters, string.Join(", ", planned.Parameters.Select(parameter => $"{parameter.Key} {parameter.Value}")));
    }

    [Theory]
    [InlineData("kill: { parts: [payments, redis] }", "kill on payments and redis, for 10s")]
    [InlineData("pause: { parts: payments, for: 2s }", "pause on payments, for 2s")]
    [InlineData("restart: { parts: [orders, payments, inventory], down: 500ms }", "restart on orders and payments and inventory, down 500ms, for 10s")]
    [InlineData("cpu-pressure: { parts: payments, share: 10% }", "cpu-pressure on payments, share 0.1, for 10s")]
    public void Reads_each_kind_of_fault_of_processes(string yaml, string described) =>
        Assert.Equal(described, Assert.Single(Experiment(yaml).Faults).Described);

    [Fact]
    public void Knows_every_kind_that_the_library_has_by_a_word_of_its_own()
    {
        Assert.True(FaultKinds.All.Count >= 11);
        Assert.Equal(FaultKinds.All.Count, FaultKinds.All.Select(kind => kind.Name).Distinct().Count());
        Assert.All(FaultKinds.All, kind => Assert.NotEmpty(kind.Summary));
    }

    [Fact]
    public void Cuts_every_edge_from_one_group_to_another()
    {
        Fault fault = Assert.Single(Experiment("partition: { groups: \"[orders, payments] | [inventory, redis]\" }").Faults);

        Assert.Contains(new Edge("orders", "inventory"), fault.Edges);
        Assert.Contains(new Edge("payments", "redis"), fault.Edges);
        Assert.DoesNotContain(fault.Edges, edge => edge.From == "client" || edge == new Edge("inventory", "redis"));
    }

    [Fact]
    public void Lets_one_fault_follow_another()
    {
        Experiment experiment = Experiment(
            "partition: { name: first, edges: client -> orders, at: 1s, for: 2s }",
            "latency: { edges: client -> orders, delay: 1s, after: first, at: 500ms, for: 1s }");

        Assert.Equal(TimeSpan.FromSeconds(3.5), experiment.Faults[1].At);
    }

    [Theory]
    [InlineData("latency: { edges: client -> orders, delay: 0s }", "delay: '0s' changes nothing")]
    [InlineData("latency: { edges: client -> orders, delay: 10ms, jitter: 20ms }", "jitter: 20ms is more than the delay of 10ms")]
    [InlineData("latency: { edges: client -> orders, delay: 10ms, shape: 2 }", "shape: only a pareto distribution has one")]
    [InlineData("latency: { edges: client -> orders, delay: 10ms, distribution: gauss }", "'gauss' is not known")]
    [InlineData("latency: { edges: client -> orders, delay: 10ms, direction: up }", "'up' is not known; one of: both, upstream, downstream")]
    [InlineData("bandwidth: { edges: client -> orders, rate: 10/s }", "'10/s' is not a rate of at least a thousand bytes")]
    [InlineData("loss: { edges: client -> orders, ratio: 100% }", "that is a partition")]
    [InlineData("corruption: { edges: client -> orders, ratio: 2 }", "'2' is not a ratio")]
    [InlineData("http: { edges: client -> orders, path: /x }", "one of them says what happens to the request")]
    [InlineData("http: { edges: client -> orders, status: 42 }", "'42' is not an HTTP status")]
    [InlineData("http: { edges: payments -> redis, status: 500 }", "'payments -> redis' carries no HTTP; these do: client -> orders")]
    [InlineData("partition: { groups: orders | payments }", "is not groups in brackets")]
    [InlineData("partition: { groups: \"[orders] | [paiments, redis]\" }", "'paiments' is no part of the system; did you mean 'payments'?")]
    [InlineData("partition: { groups: \"[orders] | [client]\", edges: client -> orders }", "has edges or groups, not both")]
    [InlineData("partition: { edges: client -> orders, after: nothing }", "no fault above is called 'nothing'")]
    [InlineData("flapping: { edges: client -> orders, down: 1s }", "up: is missing")]
    [InlineData("kill: { parts: postgres }", "'postgres' is no process of --env embedded; --env local has it")]
    [InlineData("kill: { parts: paymints }", "'paymints' is no process of --env embedded; did you mean 'payments'?")]
    [InlineData("pause: { parts: [orders, orders] }", "'orders' is named twice")]
    [InlineData("pause: {}", "parts: is missing; it takes a list of orders, payments, inventory, redis")]
    [InlineData("cpu-pressure: { parts: orders, share: 1 }", "takes nothing away")]
    public void Says_what_is_wrong_with_a_fault(string yaml, string message)
    {
        Problem problem = Assert.Single(Read(yaml).Problems);

        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal(5, problem.Line);
    }

    [Theory]
    [InlineData("on", "orders -> inventory", 0)]
    [InlineData("mesh", "client -> orders", 0)]
    [InlineData("mesh", "orders -> inventory", 1)]
    public void Refuses_to_read_what_sidecars_encrypt(string resilience, string edge, int problems)
    {
        ExperimentReading reading = new ExperimentReader(new Vocabulary { Scenarios = ["checkout"], Checks = [] }, new EmbeddedEnvironment()).Read(
            $$"""
            name: faulty
            target: { resilience: {{resilience}} }
            load: [{ scenario: checkout, arrivals: { rate: 1/s } }]
            timeline: { fault: 10s }
            faults:
              - http: { name: bad-gateway, edges: {{edge}}, status: 502 }
              - reset: { edges: {{edge}} }
            """, "my.yaml");

        Assert.Equal(problems, reading.Problems.Count);
        Assert.All(reading.Problems, problem => Assert.Contains("'bad-gateway' would have to read requests on 'orders -> inventory'", problem.Message, StringComparison.Ordinal));
    }

    private static Experiment Experiment(params string[] faults) =>
        Read(faults) is { Experiment: { } experiment } ? experiment : throw new InvalidOperationException(string.Join("; ", Read(faults).Problems));

    private static ExperimentReading Read(params string[] faults) =>
        new ExperimentReader(new Vocabulary { Scenarios = ["checkout"], Checks = [] }, new EmbeddedEnvironment()).Read(
            $$"""
            name: faulty
            load: [{ scenario: checkout, arrivals: { rate: 1/s } }]
            timeline: { fault: 10s }
            faults:
            {{string.Join("\n", faults.Select(fault => "  - " + fault))}}
            """, "my.yaml");
}
