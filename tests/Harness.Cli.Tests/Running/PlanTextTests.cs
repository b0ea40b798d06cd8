using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Cli.Running;

namespace Harness.Cli.Tests.Running;

public sealed class PlanTextTests
{
    private const string Yaml =
        """
        name: cut
        hypothesis: It holds.
        variables: { rate: 40/s }
        target: { resilience: off }
        load: [{ scenario: checkout, arrivals: { rate: "${rate}", shape: poisson } }]
        timeline: { warmup: 1s, baseline: 2s, fault: 5s, recovery: 3s, settle: 20s }
        faults:
          - partition: { edges: ["payments -> redis"], at: 1s, for: 2s }
          - latency: { edges: client -> orders, delay: 200ms, after: partition-1, for: 1s }
        expect:
          - availability: { scenario: checkout, step: place, phase: fault, min: 0.99 }
          - latency: { scenario: checkout, phase: baseline, p99: { max: 80ms } }
        stop-when:
          - failures: { scenario: checkout, consecutive: 50 }
        matrix: { resilience: [on, off] }
        """;

    [Fact]
    public void Says_everything_that_a_run_would_do_and_when()
    {
        var settings = new RunSettings { Seed = 7, Environment = "embedded", RunsFolder = "runs", ProxyApiPort = 0, Json = false, Set = ["rate=9/s"] };
        Experiment experiment = new ExperimentReader(Preflight.Vocabulary, new EmbeddedEnvironment())
        {
            Changes = new ExperimentChanges { Set = new Dictionary<string, string> { ["rate"] = "9/s" } },
        }.Read(Yaml, "cut.yaml").Variants[1];
        var run = new PlannedRun(experiment, new EmbeddedEnvironment(), "my cut.yaml", 7);
        var output = new StringWriter();

        PlanText.Print(run, settings.CommandFor(run), output);

        Assert.Equal(
            """
            cut on embedded, seed 7
              hypothesis   It holds.
              variant      resilience off
              target       resilience off
              load         checkout 9/s poisson
              0.0 s        warmup for 1s
              1.0 s        baseline for 2s
              3.0 s        fault for 5s
              4.0 s          partition-1: partition on payments -> redis, for 2s
              6.0 s          latency-2: latency on client -> orders, delay 200ms, jitter 0s, for 1s
              8.0 s        recovery for 3s
              11.0 s       settle for at most 20s
              expect       availability of checkout/place in fault at least 0.99
              expect       p99 of checkout in baseline at most 80ms
              stop when    50 iterations of checkout fail one after the other
              repeat       ./harness run "my cut.yaml" --env embedded --seed 7 --set rate=9/s --matrix resilience=off

            """.ReplaceLineEndings("\n"),
            output.ToString().ReplaceLineEndings("\n").TrimEnd('\n') + "\n");
    }
}
