using Harness.Records;
using Harness.Reports.Figures;
using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>Every answer, those that failed first, each with what shows it.</summary>
internal static class ResultsSection
{
    private static readonly (ResultKind Kind, string Title)[] Kinds =
    [
        (ResultKind.Check, "Is the data right?"),
        (ResultKind.Expectation, "Did it keep to its limits?"),
        (ResultKind.Validity, "Can this run prove anything?"),
    ];

    public static Section Of(RunFacts facts) => new("results", "Checks and expectations", facts.Verdict.Results.Count == 0
        ? Html.Of($"<p>Nothing was asked of this run.</p>")
        : Html.Join(Kinds.Select(kind => OfKind(facts.Verdict.Results, kind.Kind, kind.Title)))) { Link = "Checks" };

    private static Html OfKind(IReadOnlyList<CheckResult> results, ResultKind kind, string title)
    {
        var ofKind = results.Where(r => r.Kind == kind).OrderBy(r => Rank(r.Verdict)).ToList();
        return ofKind.Count == 0 ? Html.Empty : Html.Of($"""<h3>{title}</h3><ul class="results">{ofKind.Select(Result)}</ul>""");
    }

    private static int Rank(Verdict verdict) => verdict switch { Verdict.Fail => 0, Verdict.Unknown => 1, _ => 2 };

    private static Html Result(CheckResult result) => Html.Of($"""
        <li class="result">
        <h4>{VerdictWord.Badge(result)}<span>{result.Name}</span></h4>
        <p>{result.Summary}</p>
        {NumberList.Of(result.Numbers)}
        {WitnessOf(result)}
        </li>

        """);

    private static Html WitnessOf(CheckResult result) => result.Witness is not { } witness ? Html.Empty : Html.Of($"""
        <div class="witness"><h5>What shows it</h5>
        <ol>{witness.Facts.Select(fact => Html.Of($"<li>{fact}</li>"))}</ol>
        {SpaceTime.Of(witness.Operations)}
        {Operations(result.Name, witness.Operations)}
        </div>
        """);

    private static Html Operations(string check, IReadOnlyList<Operation> operations) => operations.Count == 0 ? Html.Empty
        : new Table($"Operations that show it: {check}")
            .Text("No.").Text("Client").Text("Operation").Text("Of").Text("Value").Number("Invoked").Number("Completed").Text("Outcome")
            .Group(null, operations.Select(Row)).ToHtml();

    private static Html[] Row(Operation operation, int index) =>
    [
        Html.Of($"{index + 1}"),
        Html.Of($"{operation.Process}"),
        Html.Of($"{operation.Kind}"),
        Html.Of($"<code>{operation.Key}</code>"),
        Html.Of($"<code>{operation.Value}</code>"),
        Html.Of($"{Written.Moment(operation.Invoked)}"),
        Html.Of($"{(operation.Completed is { } completed ? Written.Moment(completed) : "never")}"),
        Html.Of($"{Written.Word(operation.Outcome)}"),
    ];
}
