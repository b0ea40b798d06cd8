namespace Harness.Reports.Markup;

/// <summary>A table that reads well without colours, scripts or eyes: a caption, headed columns, and groups of headed rows.</summary>
internal sealed class Table(string caption)
{
    private readonly List<(string Title, bool IsNumber)> _columns = [];
    private readonly List<Html> _bodies = [];

    /// <summary>Adds a column of text; the first column heads its rows.</summary>
    public Table Text(string title) => Column(title, isNumber: false);

    /// <summary>Adds a column of numbers, set so that their digits stand below each other.</summary>
    public Table Number(string title) => Column(title, isNumber: true);

    /// <summary>Adds rows, below a heading of their own where there is one.</summary>
    public Table Group(string? heading, IEnumerable<Html[]> rows)
    {
        Html head = heading is null
            ? Html.Empty
            : Html.Of($"""<tr class="group"><th scope="rowgroup" colspan="{_columns.Count}">{heading}</th></tr>""");
        _bodies.Add(Html.Of($"<tbody>{head}{rows.Select(Row)}</tbody>\n"));
        return this;
    }

    /// <summary>The table in a box that scrolls by itself where a screen is too narrow for it.</summary>
    public Html ToHtml() => Html.Of($"""
        <div class="table{(_columns.Count < 4 ? " narrow" : "")}" tabindex="0" role="region" aria-label="{caption}"><table>
        <caption>{caption}</caption>
        <thead><tr>{_columns.Select(Head)}</tr></thead>
        {_bodies}</table></div>
        """);

    private Table Column(string title, bool isNumber)
    {
        _columns.Add((title, isNumber));
        return this;
    }

    private static Html Head((string Title, bool IsNumber) column) =>
        Html.Of($"""<th scope="col"{NumberClass(column.IsNumber)}>{column.Title}</th>""");

    private Html Row(Html[] cells) => Html.Of($"<tr>{cells.Select(Cell)}</tr>\n");

    private Html Cell(Html cell, int column) => column == 0
        ? Html.Of($"""<th scope="row">{cell}</th>""")
        : Html.Of($"<td{NumberClass(_columns[column].IsNumber)}>{cell}</td>");

    private static Html NumberClass(bool isNumber) => isNumber ? Html.Trusted(" class=\"number\"") : Html.Empty;
}
