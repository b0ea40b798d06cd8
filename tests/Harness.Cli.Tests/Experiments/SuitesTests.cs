using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Cli.Running;
using Harness.Records;

namespace Harness.Cli.Tests.Experiments;

/// <summary>The suites that ship are found by their names, and every file of them can be run.</summary>
public sealed class SuitesTests
{
    public static TheoryData<string> Experiments => [.. ExperimentFiles.Suites.SelectMany(ExperimentFiles.In)];

    [Theory]
    [MemberData(nameof(Experiments))]
    public void Every_file_of_a_suite_says_what_it_is_about_and_compares_at_least_two_ways(string name)
    {
        ExperimentReading reading = Preflight.Reader(EnvironmentKinds.Find("local")!).ReadFile(ExperimentFiles.PathOf(name));

        Assert.Empty(reading.Problems);
        Assert.True(reading.Variants.Count >= 2, "It has no matrix.");
        Assert.All(reading.Variants, variant =>
        {
            Assert.NotEmpty(variant.Hypothesis!);
            Assert.NotEmpty(variant.Expect);
            // What a thing costs when nothing is wrong is asked without a fault.
            Assert.True(variant.Faults.Count > 0 || variant.Expect.OfType<CostExpectation>().Any());
            // A whole suite is to be run while somebody waits for it.
            Assert.InRange(variant.Timeline.LoadDuration, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(25));
        });
    }

    [Fact]
    public void Every_fallacy_names_a_naive_configuration_and_what_fails_by_it()
    {
        foreach (string name in ExperimentFiles.In("fallacies"))
        {
            IReadOnlyList<Experiment> variants = Preflight.Reader(EnvironmentKinds.Find("local")!).ReadFile(ExperimentFiles.PathOf(name)).Variants;
            Prediction? predicted = Assert.Single(variants, variant => variant.Predicted is not null).Predicted;
            Assert.NotEmpty(predicted!.Fails);
            Assert.NotEmpty(predicted.Because!);
        }
    }

    [Fact]
    public void The_name_of_a_suite_stands_for_all_of_it()
    {
        var problems = new List<Problem>();

        IReadOnlyList<string> found = ExperimentFiles.Find("patterns", problems);

        Assert.Empty(problems);
        Assert.Equal(6, found.Count);
        Assert.Equal(8, ExperimentFiles.Find("fallacies", problems).Count);
        Assert.All(found, file => Assert.True(File.Exists(file)));
    }

    [Fact]
    public void A_mistyped_suite_is_told_its_name()
    {
        var problems = new List<Problem>();

        Assert.Empty(ExperimentFiles.Find("paterns", problems));

        Assert.Contains("did you mean 'patterns'?", Assert.Single(problems).Message, StringComparison.Ordinal);
    }
}
