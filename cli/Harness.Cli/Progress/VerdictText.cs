using System.Globalization;
using Harness.Cli.Running;
using Harness.Records;
using Spectre.Console;

namespace Harness.Cli.Progress;

/// <summary>Prints a verdict for people: the answer, every answer it was made from, and where to read on.</summary>
internal static class VerdictText
{
    private const int NameWidth = 30;

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
        if (Terminal.IsInteractive)
            console.Write(Grid(result.Verdict.Results));
        else
            PrintLines(result.Verdict.Results, console);

        console.WriteLine();
        // Never broken into lines: these are for copying.
        output.WriteLine($"  report   {result.Page}");
        output.WriteLine($"  repeat   {result.Description.Command}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  seed     {result.Description.Seed}, {result.Description.RuntimeVersion}, commit {result.Description.Commit ?? "unknown"}"));
    }

    // As wide as the terminal is: what is longer goes on below itself.
    private static Grid Grid(IReadOnlyList<CheckResult> results)
    {
        Grid grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 2, 0) }).AddColumn(new GridColumn { Width = NameWidth }).AddColumn();
        foreach (CheckResult check in results)
        {
            grid.AddRow(new Markup($"[{Colour(check.Verdict)}]{Word(check)}[/]"), new Text(check.Name), new Text(check.Summary));
            foreach (string fact in check.Witness?.Facts ?? [])
                grid.AddRow(Text.Empty, Text.Empty, new Text(fact, new Style(Color.Grey)));
        }

        return grid;
    }

    // One line for each, for logs and those who search them.
    private static void PrintLines(IReadOnlyList<CheckResult> results, IAnsiConsole console)
    {
        foreach (CheckResult check in results)
        {
            console.MarkupLineInterpolated($"  [{Colour(check.Verdict)}]{Word(check),-7}[/]  {check.Name,-NameWidth}  {check.Summary}");
            foreach (string fact in check.Witness?.Facts ?? [])
                console.MarkupLineInterpolated($"             [grey]{fact}[/]");
        }
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
