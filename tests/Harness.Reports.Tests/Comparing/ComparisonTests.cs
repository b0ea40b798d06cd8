using System.Text.Json;
using Harness.Records;
using Harness.Reports.Comparing;

namespace Harness.Reports.Tests.Comparing;

public sealed class ComparisonTests
{
    [Fact]
    public void Holds_runs_of_an_experiment_against_its_first_and_finds_what_became_slower()
    {
        var comparison = Comparison.Of(SampleRuns.Two());

        Assert.Equal(["choreography", "orchestration"], comparison.Runs.Select(run => run.Name));
        Assert.All(comparison.Differences, one => Assert.Equal(("orchestration", "choreography"), (one.Name, one.Control)));
        ComparedDifference slower = Find(comparison, "checkout", Phase.Fault, ComparedMetric.P50);
        Assert.Equal((true, false), (slower.IsClear, slower.IsBetter));
        Assert.InRange(slower.By.Estimate, 700, 950);   // three times 420 ms
        Assert.Contains("Under the fault the", comparison.Sentence, StringComparison.Ordinal);
        Assert.StartsWith("Of 2 runs 1 passed, 1 failed (orchestration: effects-exactly-once).", comparison.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_no_difference_between_a_run_and_itself()
    {
        var comparison = Comparison.Of(SampleRuns.Two(slower: 1));

        Assert.NotEmpty(comparison.Differences);
        Assert.All(comparison.Differences, one => Assert.False(one.IsClear, one.Written));
        Assert.EndsWith("No difference between them is clear of chance.", comparison.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Holds_all_runs_against_the_one_that_was_chosen()
    {
        IReadOnlyList<RunInput> runs = SampleRuns.Two();

        var comparison = Comparison.Of(runs, runs[1].Facts.Description.Id);

        ComparedDifference faster = Find(comparison, "checkout", Phase.Fault, ComparedMetric.P50);
        Assert.Equal(("choreography", "orchestration", true), (faster.Name, faster.Control, faster.IsBetter));
    }

    [Fact]
    public void Takes_runs_together_that_differ_only_in_their_seeds()
    {
        RunInput[] runs =
        [
            .. Enumerable.Range(1, 3).Select(seed => SampleRuns.Run($"a{seed}", "e", "choreography", 1, 1, Verdict.Pass, seed)),
            .. Enumerable.Range(1, 3).Select(seed => SampleRuns.Run($"b{seed}", "e", "orchestration", 2, 1, Verdict.Pass, seed)),
        ];

        var comparison = Comparison.Of(runs);

        Assert.All(comparison.Differences, one => Assert.Equal(("orchestration (3 runs)", "choreography (3 runs)"), (one.Name, one.Control)));
        Assert.Single(comparison.Differences, one => one is { Measure: "checkout", Phase: Phase.Fault, Metric: ComparedMetric.P50 });
    }

    [Fact]
    public void Names_repeated_runs_by_their_seeds_and_compares_each_with_the_first()
    {
        var comparison = Comparison.Of([.. Enumerable.Range(1, 3).Select(seed => SampleRuns.Run($"a{seed}", "e", "choreography", 1, 1, Verdict.Pass, seed))]);

        Assert.Equal(["seed 1", "seed 2", "seed 3"], comparison.Runs.Select(run => run.Name));
        Assert.Equal(["seed 2", "seed 3"], comparison.Differences.Select(one => one.Name).Distinct());
        Assert.StartsWith("All 3 runs passed.", comparison.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Compares_each_variant_within_its_own_experiment_in_a_suite()
    {
        var comparison = Comparison.Of(SampleRuns.Suite());

        Assert.Equal(8, comparison.Differences.Select(one => one.Experiment).Distinct().Count());
        Assert.All(comparison.Differences, one => Assert.Equal(("hardened", "plain"), (one.Name, one.Control)));
        ComparedDifference kept = Find(comparison, "browse", Phase.Fault, ComparedMetric.Availability);
        Assert.InRange(kept.By.Estimate, 39, 41);
        Assert.True(kept.IsBetter);
        ComparedDifference fresher = comparison.Differences.First(one => one.Metric == ComparedMetric.StaleReads);
        Assert.InRange(fresher.By.Estimate, -105, -90);
        Assert.True(fresher.IsBetter);
    }

    [Fact]
    public void Says_which_configuration_failed_as_predicted_and_by_what()
    {
        IReadOnlyList<RunInput> runs = SampleRuns.Two();
        RunVerdict passed = runs[1].Facts.Verdict;
        var naive = runs[1] with
        {
            Facts = runs[1].Facts with
            {
                Verdict = passed with
                {
                    Verdict = Verdict.Pass, Sentence = "Failed as predicted: 49 loads for 5 expiries.",
                    Results = [passed.Results[0] with { Name = "cache-loads", Kind = ResultKind.Check, Verdict = Verdict.Pass, FailedAsPredicted = true }],
                },
            },
        };

        var comparison = Comparison.Of([runs[0], naive]);

        Assert.Equal(["cache-loads"], comparison.Runs[1].FailedAsPredicted);
        Assert.Empty(comparison.Runs[0].FailedAsPredicted);
        string page = ComparisonPage.Render(comparison, Path.GetTempPath());
        Assert.Contains("<small>failed as predicted</small>", page, StringComparison.Ordinal);
        Assert.Contains("Failed as predicted: 49 loads for 5 expiries.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_a_record_of_the_first_format_beside_others()
    {
        RunRecord old = RunRecord.Open(Path.Combine(AppContext.BaseDirectory, "Golden", "record-1"));

        var comparison = Comparison.Of([.. SampleRuns.Two(), RunInput.Of(old, old.Verdict!)]);

        Assert.Equal(old.Description.Id, comparison.Runs[2].Id);
        Assert.NotEmpty(comparison.Runs[2].Measures);
    }

    [Fact]
    public void Is_written_as_JSON_with_its_version()
    {
        using JsonDocument json = JsonDocument.Parse(ComparisonFiles.Json(Comparison.Of(SampleRuns.Two())));

        Assert.Equal(1, json.RootElement.GetProperty("formatVersion").GetInt32());
        Assert.Equal("fail", json.RootElement.GetProperty("verdict").GetString());
        JsonElement measure = json.RootElement.GetProperty("runs")[1].GetProperty("measures")[1];
        Assert.Equal(("checkout", "fault"), (measure.GetProperty("scenario").GetString(), measure.GetProperty("phase").GetString()));
        Assert.True(measure.GetProperty("p99").GetProperty("value").GetInt64() > 1_000_000, "whole microseconds");
        Assert.False(json.RootElement.GetProperty("runs")[0].TryGetProperty("facts", out _));
    }

    private static ComparedDifference Find(Comparison comparison, string measure, Phase phase, ComparedMetric metric) =>
        comparison.Differences.First(one => one.Measure == measure && one.Phase == phase && one.Metric == metric);
}
