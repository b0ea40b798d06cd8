using Harness.Reports.Charts;
using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>A headed part of the page that answers one question of its reader.</summary>
/// <param name="Id">The anchor; a word.</param>
/// <param name="Title">The heading.</param>
/// <param name="Body">What stands below it; <see cref="ChartFigure"/> shows the charts.</param>
internal sealed record Section(string Id, string Title, Html Body)
{
    /// <summary>The charts that <see cref="Body"/> has figures for.</summary>
    public IReadOnlyList<Chart> Charts { get; init; } = [];

    /// <summary>What the contents call it, where the heading is too long for that.</summary>
    public string? Link { get; init; }

    public Html ToLink() => Html.Of($"""<li><a href="#{Id}">{Link ?? Title}</a></li>""");

    public Html ToHtml() => Html.Of($"""
        <section id="{Id}" aria-labelledby="{Id}-title">
        <h2 id="{Id}-title">{Title}</h2>
        {Body}
        </section>

        """);
}
