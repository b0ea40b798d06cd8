using Harness.Reports.Figures;
using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>Named numbers, whose names tell their units.</summary>
internal static class NumberList
{
    public static Html Of(IReadOnlyDictionary<string, double>? numbers) => numbers is not { Count: > 0 }
        ? Html.Empty
        : Html.Of($"""<ul class="numbers">{numbers.Select(n => Html.Of($"<li><span>{n.Key}</span> <b>{Written.Number(n.Value)}</b></li>"))}</ul>""");
}
