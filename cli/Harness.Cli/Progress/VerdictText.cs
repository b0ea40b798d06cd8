using System.Globalization;
using Harness.Cli.Running;
using Harness.Records;
using Spectre.Console;

namespace Harness.Cli.Progress;

/// <summary>Prints a verdict for people: the answer, every answer it was made from, and where to read on.</summary>
internal static class VerdictText
{
    public static void Print(RunResult result, TextWriter output)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Terminal.IsInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = Terminal.IsInteractive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
        if (!Terminal.IsInteractive)
            console.Profile.Width = 1000;
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold {Colour(result.Verdict.Verdict)}]{Word(result.Verdict.Verdict)}[/]  {result.Verdict.Sentence}");
        console.WriteLine();
        foreach (CheckResult check in result.Verdict.Results)
        {
            console.MarkupLineInterpolated($"  [{Colour(check.Verdict)}]{Word(check),-7}[/]  {check.Name,-30}  {check.Summary}");
            foreach (string fact in check.Witness?.Facts ?? [])
                console.MarkupLineInterpolated($"             [grey]{fact}[/]");
        }

        console.WriteLine();
        console.MarkupLineInterpolated($"  report   {result.Page}");
        console.MarkupLineInterpolated($"  repeat   {result.Description.Command}");
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture, $"  seed     {result.Description.Seed}, {result.Description.RuntimeVersion}, commit {result.Description.Commit ?? "unknown"}");
    }

    // A run that cannot prove anything blames itself, not the target.
    private static string Word(CheckResult check) =>
        check is { Kind: ResultKind.Validity, Verdict: Verdict.Fail } ? "INVALID" : Word(check.Verdict);

    private static string Word(Verdict verdict) => verdict.ToString().ToUpperInvariant();

    private static string Colour(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "green",
        Verdict.Fail => "red",
        _ => "yellow",
    };
}
