using Harness.Chaos.Conducting;
using Harness.Cli.Progress;
using Harness.Cli.Running;
using Harness.Records;

namespace Harness.Cli.Tests.Progress;

public sealed class VerdictTextTests
{
    [Fact]
    public void Shows_the_sentence_the_witness_and_how_to_repeat_the_run()
    {
        string text = Print(Verdict.Fail, "Failed: money is gone.", Samples.Failed);

        Assert.Contains("FAIL  Failed: money is gone.", text, StringComparison.Ordinal);
        Assert.Contains("transaction 7 does not add up to zero", text, StringComparison.Ordinal);
        Assert.Contains("./harness run demo --seed 7", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_a_run_that_cannot_prove_anything_invalid_not_failed()
    {
        CheckResult late = Samples.Failed with { Name = "generator-kept-up", Kind = ResultKind.Validity, Witness = null };

        string text = Print(Verdict.Unknown, "Nothing was proven.", late);

        Assert.Contains("INVALID  generator-kept-up", text, StringComparison.Ordinal);
        Assert.DoesNotContain("FAIL", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Prints_what_looks_like_markup_as_it_is()
    {
        string text = Print(Verdict.Fail, "Failed: [red]not red[/] [oops", Samples.Failed);

        Assert.Contains("[red]not red[/] [oops", text, StringComparison.Ordinal);
    }

    private static string Print(Verdict verdict, string sentence, CheckResult check)
    {
        using var output = new StringWriter();
        VerdictText.Print(
            new RunResult(
                new RunOutcome(RunStatus.Completed, "runs/x", null),
                new RunVerdict { Verdict = verdict, Sentence = sentence, Results = [check] },
                Samples.Description),
            output);
        return output.ToString();
    }
}
