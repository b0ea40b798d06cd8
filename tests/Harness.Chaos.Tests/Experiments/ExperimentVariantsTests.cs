using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;

namespace Harness.Chaos.Tests.Experiments;

/// <summary>Variables, matrix and extends: one file, many experiments.</summary>
public sealed class ExperimentVariantsTests : IDisposable
{
    private const string Base =
        """
        name: base
        hypothesis: It holds.
        variables: { rate: 40/s, cut: 2s }
        target: { resilience: on }
        load: [{ scenario: checkout, arrivals: { rate: "${rate}" } }]
        timeline: { warmup: 1s, baseline: 2s, fault: 5s, recovery: 3s }
        faults:
          - partition: { edges: ["payments -> redis"], for: "${cut}" }
        """;

    private const string Naive =
        """

        expect: [{ availability: { scenario: checkout, phase: fault, min: 0.99 } }]
        naive: { target: { resilience: off }, fails: [availability], because: It hopes. }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("harness-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Puts_variables_where_they_are_named()
    {
        Experiment experiment = Assert.Single(Read(Base).Variants);

        Assert.Equal(40, experiment.Load[0].RatePerSecond);
        Assert.Equal(TimeSpan.FromSeconds(2), experiment.Faults[0].For);
    }

    [Fact]
    public void Takes_the_callers_value_before_the_files_own()
    {
        Experiment experiment = Assert.Single(Read(Base, set: ("rate", "7/s")).Variants);

        Assert.Equal(7, experiment.Load[0].RatePerSecond);
    }

    [Fact]
    public void Makes_a_variant_of_every_combination()
    {
        IReadOnlyList<Experiment> variants = Read(Base + "\nmatrix: { resilience: [on, off], rate: [1/s, 2/s] }").Variants;

        Assert.Equal(
            ["on 1", "on 2", "off 1", "off 2"],
            variants.Select(variant => $"{variant.Target["resilience"]} {variant.Load[0].RatePerSecond}"));
        Assert.Equal(["resilience=off", "rate=1/s"], variants[2].Variant.Select(axis => $"{axis.Key}={axis.Value}"));
    }

    [Fact]
    public void Lets_the_caller_replace_an_axis_of_the_matrix()
    {
        IReadOnlyList<Experiment> variants = Read(Base + "\nmatrix: { resilience: [on, off] }", matrix: ("resilience", ["off"])).Variants;

        Assert.Equal("off", Assert.Single(variants).Target["resilience"]);
    }

    [Fact]
    public void Runs_what_is_naive_once_more_with_its_switches_and_its_prediction()
    {
        IReadOnlyList<Experiment> variants = Read(Base + Naive).Variants;

        Assert.Equal(["well-built", "naive"], variants.Select(variant => variant.Variant["configuration"]));
        Assert.Equal(["on", "off"], variants.Select(variant => variant.Target["resilience"]));
        Assert.Null(variants[0].Predicted);
        Assert.Equal(["availability"], variants[1].Predicted!.Fails);
        Assert.Equal("It hopes.", variants[1].Predicted!.Because);
        Assert.Equal("off", Assert.Single(Read(Base + Naive, matrix: ("configuration", ["naive"])).Variants).Target["resilience"]);
    }

    [Fact]
    public void Takes_the_variant_of_the_matrix_that_has_the_naive_switches_for_the_naive_one()
    {
        const string yaml = Base + Naive + "\nmatrix: { resilience: [off, on, mesh] }";

        Assert.Equal(["off True", "on False", "mesh False"], Read(yaml).Variants.Select(variant => $"{variant.Target["resilience"]} {variant.Predicted is not null}"));
        Assert.Null(Assert.Single(Read(yaml, matrix: ("resilience", ["on"])).Variants).Predicted);
    }

    [Fact]
    public void Lays_a_file_over_the_one_it_extends()
    {
        File.WriteAllText(Path.Combine(_folder, "base.yaml"), Base);

        Experiment experiment = Assert.Single(Read("extends: base\nname: child\ntimeline: { baseline: 4s }\nvariables: { cut: 1s }").Variants);

        Assert.Equal(("child", "It holds."), (experiment.Name, experiment.Hypothesis));
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)), (experiment.Timeline.Warmup, experiment.Timeline.Baseline));
        Assert.Equal(TimeSpan.FromSeconds(1), experiment.Faults[0].For);
        Assert.Contains("# extends base.yaml:", experiment.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_the_file_that_a_problem_stands_in()
    {
        string lower = Path.Combine(_folder, "base.yaml");
        File.WriteAllText(lower, Base.Replace("recovery: 3s", "recovery: never", StringComparison.Ordinal));

        Problem problem = Assert.Single(Read("extends: base.yaml\nname: child").Problems);

        Assert.Equal((lower, 6), (problem.File, problem.Line));
    }

    [Theory]
    [InlineData("extends: nowhere\nname: x", "'nowhere' is neither a file beside this one")]
    [InlineData("extends: my.yaml\nname: x", "'my.yaml' extends itself in the end")]
    [InlineData(Base + "\nmatrix: { resilience: [on, loud] }", "'loud' is not known")]
    [InlineData(Base + "\nnaive: { fails: [settled] }", "target: is missing")]
    [InlineData(Base + "\nnaive: { target: { resilience: off } }", "fails: is missing")]
    [InlineData(Base + "\nnaive: { target: { resilience: off }, fails: [latncy] }", "did you mean 'latency'?")]
    [InlineData(Base + "\nnaive: { target: { resilience: off }, fails: [latency] }", "'latency' is not expected of this experiment")]
    [InlineData(Base + Naive + "\nmatrix: { resilience: [on, mesh] }", "resilience: 'off' is none of the matrix's values")]
    [InlineData(Base + "\nexpect: [{ cost: { scenario: checkout } }]", "nothing is limited; it takes bytes: { max: 50kB }")]
    [InlineData(Base + "\nmatrix: { speed: [1, 2] }", "'speed' is neither a switch of the order system nor a variable")]
    [InlineData(Base + "\nmatrix: { rate: [] }", "needs at least one value")]
    [InlineData(Base + "\nmatrix: { rate: [1/s, 1/s] }", "names a value twice")]
    [InlineData(Base + "\nstop-when: [{ failures: { scenario: checkout, consecutive: 0 } }]", "'0' is not a whole number, 1 or more")]
    [InlineData(Base + "\nstop-when: [{ failure: { scenario: checkout } }]", "'failure' is not a stop condition; did you mean 'failures'?")]
    public void Says_what_is_wrong(string yaml, string message)
    {
        File.WriteAllText(Path.Combine(_folder, "my.yaml"), "name: x");

        Assert.Contains(Read(yaml).Problems, problem => problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Knows_no_variable_that_is_not_declared()
    {
        Assert.Contains("there is no variable 'rat'; did you mean 'rate'?", Assert.Single(Read(Base.Replace("${rate}", "${rat}", StringComparison.Ordinal)).Problems).Message, StringComparison.Ordinal);
        Assert.Contains("--set rat: the file declares no such variable", Assert.Single(Read(Base, set: ("rat", "1/s")).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_matrix_that_nobody_would_wait_for()
    {
        string values = string.Join(", ", Enumerable.Range(1, 65).Select(rate => $"{rate}/s"));

        Assert.Contains("makes 65 runs; at most 64", Assert.Single(Read($"{Base}\nmatrix: {{ rate: [{values}] }}").Problems).Message, StringComparison.Ordinal);
    }

    private ExperimentReading Read(string yaml, (string Name, string Value)? set = null, (string Name, string[] Values)? matrix = null) =>
        new ExperimentReader(new Vocabulary { Scenarios = ["checkout"], Checks = [] }, new EmbeddedEnvironment())
        {
            Changes = new ExperimentChanges
            {
                Set = set is { } one ? new Dictionary<string, string> { [one.Name] = one.Value } : [],
                Matrix = matrix is { } axis ? new Dictionary<string, IReadOnlyList<string>> { [axis.Name] = axis.Values } : [],
            },
        }.Read(yaml, Path.Combine(_folder, "my.yaml"));
}
