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
    [InlineData("tamper: { edges: client -> orders, text: price, ratio: 10%, direction: downstream }", "text price, ratio 0.1, direction downstream")]
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

    [Theory]
    [InlineData("expire-cache: { hottest: 5, every: 2s }", "expire-cache on redis, keys product*, hottest 5, every 2s, for 10s")]
    [InlineData("evict-cache: { keep: 40% }", "evict-cache on redis, keep 0.4, policy volatile-lru, for 10s")]
    [InlineData("flush: { restart: yes }", "flush on redis, restart yes, for 10s")]
    [InlineData("expire-cache: { share: 20%, every: 200ms }", "expire-cache on redis, keys product*, share 0.2, every 200ms, for 10s")]
    [InlineData("lock-table: { database: orders, table: orders }", "lock-table on postgres, database orders, table orders, for 10s")]
    [InlineData("exhaust-connections: { database: payments }", "exhaust-connections on postgres, database payments, for 10s")]
    [InlineData("terminate-sessions: { database: payments, every: 500ms }", "terminate-sessions on postgres, database payments, every 500ms, for 10s")]
    [InlineData("slow-queries: { database: inventory, delay: 50ms }", "slow-queries on postgres, database inventory, delay 50ms, for 10s")]
    public void Reads_each_kind_of_fault_of_stores(string yaml, string described) =>
        Assert.Equal(described, Assert.Single(Read(new LocalEnvironment(), yaml).Experiment!.Faults).Described);

    [Theory]
    [InlineData("bus-duplicate: { services: orders, ratio: 20% }", "bus-duplicate on orders, ratio 0.2, for 10s")]
    [InlineData("bus-delay: { services: [orders, payments], time: 300ms, jitter: 100ms }", "bus-delay on orders and payments, time 300ms, jitter 100ms, ratio 1, for 10s")]
    [InlineData("bus-reorder: { services: orders, window: 200ms }", "bus-reorder on orders, window 200ms, for 10s")]
    [InlineData("bus-drop: { services: payments, ratio: 0.5 }", "bus-drop on payments, ratio 0.5, for 10s")]
    [InlineData("bus-poison: { services: inventory, every: 100ms }", "bus-poison on inventory, every 100ms, for 10s")]
    [InlineData("service-latency: { services: inventory, side: outgoing, to: redis, delay: 2s, ratio: 50% }", "service-latency on inventory, delay 2s, side outgoing, to redis, ratio 0.5, for 10s")]
    [InlineData("service-error: { services: orders, path: /orders }", "service-error on orders, path /orders, for 10s")]
    [InlineData("wrong-result: { services: inventory, result: status, status: 204 }", "wrong-result on inventory, result status, status 204, for 10s")]
    [InlineData("memory-pressure: { services: payments, bytes: 50MB }", "memory-pressure on payments, bytes 50000000, for 10s")]
    [InlineData("clock-offset: { services: orders, by: 2m, direction: behind }", "clock-offset on orders, by 2m, direction behind, for 10s")]
    [InlineData("administrators: { services: inventory, setting: cache-ttl, values: [100ms, 1m] }", "administrators on inventory, setting cache-ttl, values 100 and 60000, every 500ms, for 10s")]
    public void Reads_each_kind_of_fault_inside_services(string yaml, string described) =>
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
    [InlineData("lock-table: { database: orders, table: orders }", "--env embedded has no postgres of its own to put wrong; --env local")]
    [InlineData("expire-cache: { hottest: 3 }", "--env local has one that does")]
    [InlineData("kill: { parts: postgres }", "'postgres' is no process of --env embedded; --env local has it")]
    [InlineData("kill: { parts: paymints }", "'paymints' is no process of --env embedded; did you mean 'payments'?")]
    [InlineData("pause: { parts: [orders, orders] }", "'orders' is named twice")]
    [InlineData("pause: {}", "parts: is missing; it takes a list of orders, payments, inventory, redis")]
    [InlineData("cpu-pressure: { parts: orders, share: 1 }", "takes nothing away")]
    [InlineData("bus-drop: { services: redis, ratio: 1 }", "'redis' is no service; one of: orders, payments, inventory")]
    [InlineData("bus-drop: { services: odrers, ratio: 1 }", "did you mean 'orders'?")]
    [InlineData("bus-delay: { services: orders, time: 1s, jitter: 2s }", "jitter: 2s is more than the time of 1s")]
    [InlineData("bus-poison: { services: orders, every: 1ms }", "at least 20ms")]
    [InlineData("service-latency: { services: payments, side: outgoing, delay: 1s }", "payments calls nobody")]
    [InlineData("service-error: { services: inventory, side: outgoing, to: orders }", "inventory does not call 'orders'; it calls redis")]
    [InlineData("service-error: { services: orders, to: inventory }", "say side: outgoing")]
    [InlineData("service-error: { services: orders, path: orders }", "does not begin with '/'")]
    [InlineData("wrong-result: { services: orders, status: 500 }", "only result: status has one")]
    [InlineData("memory-pressure: { services: orders, bytes: 900GB }", "half of this machine's memory")]
    [InlineData("administrators: { services: orders, setting: cache-ttl, values: [1s, 2s] }", "orders has no cache-ttl; inventory has it")]
    [InlineData("administrators: { services: orders, values: [5, 5] }", "takes two values that contradict each other")]
    [InlineData("administrators: { services: [orders, payments], values: [5, 6] }", "takes one service")]
    [InlineData("evict-cache: { keep: 50% }", "the store of --env embedded does not evict; --env local has one that does")]
    [InlineData("move: { services: redis }", "'redis' is no service; one of: orders, payments, inventory")]
    [InlineData("scale: { services: orders, instances: 5 }", "'5' is not 2 to 4")]
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

    [Theory]
    [InlineData("on", 0)]
    [InlineData("mesh", 2)]
    public void Refuses_to_move_what_sidecars_know_one_address_of(string resilience, int problems)
    {
        ExperimentReading reading = new ExperimentReader(new Vocabulary { Scenarios = ["checkout"], Checks = [] }, new EmbeddedEnvironment()).Read(
            $$"""
            name: faulty
            target: { resilience: {{resilience}} }
            load: [{ scenario: checkout, arrivals: { rate: 1/s } }]
            timeline: { fault: 10s }
            faults:
              - move: { services: payments }
              - scale: { services: orders }
            """, "my.yaml");

        Assert.Equal(problems, reading.Problems.Count);
        Assert.All(reading.Problems, problem => Assert.Contains("away from sidecars that know only one address", problem.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pause: { name: two, parts: payments, at: 2s, for: 2s }", 1)]
    [InlineData("pause: { name: two, parts: payments, after: one, for: 2s }", 0)]
    [InlineData("pause: { name: two, parts: orders, at: 2s, for: 2s }", 0)]
    [InlineData("latency: { name: two, edges: \"orders -> payments\", delay: 1s, at: 2s, for: 2s }", 0)]
    public void Refuses_two_faults_that_would_undo_each_other(string second, int problems)
    {
        ExperimentReading reading = Read("kill: { name: one, parts: payments, at: 1s, for: 3s }", second);

        Assert.Equal(problems, reading.Problems.Count);
        Assert.All(reading.Problems, problem => Assert.Contains("it and 'one' would have the processes of payments at the same time", problem.Message, StringComparison.Ordinal));
    }

    private static Experiment Experiment(params string[] faults) =>
        Read(faults) is { Experiment: { } experiment } ? experiment : throw new InvalidOperationException(string.Join("; ", Read(faults).Problems));

    private static ExperimentReading Read(params string[] faults) => Read(new EmbeddedEnvironment(), faults);

    private static ExperimentReading Read(IEnvironmentKind environment, params string[] faults) =>
        new ExperimentReader(new Vocabulary { Scenarios = ["checkout"], Checks = [] }, environment).Read(
            $$"""
            name: faulty
            load: [{ scenario: checkout, arrivals: { rate: 1/s } }]
            timeline: { fault: 10s }
            faults:
            {{string.Join("\n", faults.Select(fault => "  - " + fault))}}
            """, "my.yaml");
}
