using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>Names and values side by side; what has no value is left out.</summary>
internal static class FactList
{
    public static Html Of(params (string Name, string Value)[] facts) => Html.Of(
        $"""<dl class="facts">{facts.Where(f => f.Value.Length > 0).Select(f => Html.Of($"<div><dt>{f.Name}</dt><dd>{f.Value}</dd></div>"))}</dl>""");
}
