using System.Text;
using Harness.Records;
using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>How a verdict looks: a word, a shape and a colour, so that none of them is needed alone.</summary>
internal static class VerdictWord
{
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "Passed",
        Verdict.Fail => "Failed",
        _ => "Unknown",
    };

    /// <summary>What a result says of the target: that a run is not valid says nothing, so it is no failure.</summary>
    public static Verdict For(CheckResult result) => IsInvalid(result) ? Verdict.Unknown : result.Verdict;

    /// <inheritdoc cref="For"/>
    public static string Of(CheckResult result) => IsInvalid(result) ? "Invalid" : Of(result.Verdict);

    /// <summary>The class that page.css colours by.</summary>
    public static string Class(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "pass",
        Verdict.Fail => "fail",
        _ => "unknown",
    };

    public static Html Badge(Verdict verdict) => Badge(verdict, Of(verdict));

    public static Html Badge(CheckResult result) => Badge(For(result), Of(result));

    /// <summary>A tick, a cross or a question mark.</summary>
    public static Html Shape(Verdict verdict) => Html.Of($"""
        <svg class="shape" viewBox="0 0 16 16" aria-hidden="true"><path d="{Path(verdict)}"/></svg>
        """);

    /// <summary>The same as the icon of a browser's tab, as a data address.</summary>
    public static string Icon(Verdict verdict)
    {
        string color = verdict switch { Verdict.Pass => "#1a7f37", Verdict.Fail => "#c62f2f", _ => "#8a6100" };
        string svg = $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="-3 -3 22 22"><rect x="-3" y="-3" width="22" height="22" rx="5" fill="{color}"/><path d="{Path(verdict)}" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/></svg>
            """;
        return $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}";
    }

    private static Html Badge(Verdict verdict, string word) =>
        Html.Of($"""<span class="badge {Class(verdict)}">{Shape(verdict)}{word}</span>""");

    private static bool IsInvalid(CheckResult result) => result is { Kind: ResultKind.Validity, Verdict: Verdict.Fail };

    private static string Path(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "M3 8.5 6.5 12 13 4.5",
        Verdict.Fail => "M4 4 12 12 M12 4 4 12",
        _ => "M5 5.5 a3 2.8 0 1 1 4.2 2.6 c-0.9 0.4 -1.2 0.9 -1.2 1.9 M8 13 v0.1",
    };
}
