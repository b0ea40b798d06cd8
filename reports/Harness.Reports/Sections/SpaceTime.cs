using System.Globalization;
using Harness.Records;
using Harness.Reports.Figures;
using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>Operations as bars in time, a row a client: which came before which, and which overlapped, can be seen.</summary>
internal static class SpaceTime
{
    private const double Width = 900;
    private const double Left = 90;
    private const double RowHeight = 52;
    private const double Top = 24;

    // More do not fit into a picture; the table below it has them all.
    private const int MostOperations = 40;

    public static Html Of(IReadOnlyList<Operation> operations)
    {
        var shown = operations.Take(MostOperations).ToList();
        if (shown.Count == 0)
            return Html.Empty;

        TimeSpan from = shown.Min(o => o.Invoked);
        TimeSpan to = shown.Max(o => o.Completed ?? o.Invoked);
        double seconds = Math.Max((to - from).TotalSeconds, 0.001) * 1.12;   // room behind the last one, for what never ended
        var clients = shown.Select(o => o.Process).Distinct().ToList();
        double height = Top + (clients.Count * RowHeight) + 6;
        double X(TimeSpan at) => Left + ((at - from).TotalSeconds / seconds * (Width - Left));
        return Html.Of($"""
            <div class="table" tabindex="0" role="region" aria-label="Operations in time"><svg class="space-time" viewBox="0 0 {Exact(Width)} {Exact(height)}" role="img" aria-label="{shown.Count} operations of {clients.Count} clients from {Written.Moment(from)} to {Written.Moment(to)}; the table below lists them.">
            {clients.Select((client, row) => ClientRow(client, row))}
            {shown.Select((o, i) => Bar(o, i + 1, clients.IndexOf(o.Process), X(o.Invoked), o.Completed is { } end ? X(end) : Width))}
            {Ticks(from, to, X)}
            </svg></div>
            """);
    }

    private static Html ClientRow(int client, int row) => Html.Of($"""
        <text x="0" y="{Exact(Baseline(row) + 4)}">client {client}</text><line x1="{Exact(Left)}" x2="{Exact(Width)}" y1="{Exact(Baseline(row))}" y2="{Exact(Baseline(row))}"/>
        """);

    // By its number in the table: words of neighbours would lie on each other. Every other number stands below its bar.
    private static Html Bar(Operation operation, int number, int row, double left, double right) => Html.Of($"""
        <g class="{Written.Word(operation.Outcome)}"><title>{Words(operation)}</title>
        <rect x="{Exact(left)}" y="{Exact(Baseline(row) - 6)}" width="{Exact(Math.Max(5, right - left))}" height="12" rx="2"/>
        <text text-anchor="middle" x="{Exact((left + Math.Max(left + 5, right)) / 2)}" y="{Exact(Baseline(row) + (number % 2 == 1 ? -10 : 19))}">{number}</text></g>
        """);

    private static Html Ticks(TimeSpan from, TimeSpan to, Func<TimeSpan, double> x) => Html.Of($"""
        <text class="tick" x="{Exact(x(from))}" y="11">{Written.Moment(from)}</text><text class="tick" text-anchor="end" x="{Exact(Math.Max(x(to), Left + 160))}" y="11">{Written.Moment(to)}</text>
        """);

    private static string Words(Operation operation) =>
        $"{operation.Kind} {operation.Key} {operation.Value}: {Written.Word(operation.Outcome)}, {Written.Moment(operation.Invoked)} to {Written.Moment(operation.Completed)}";

    private static double Baseline(int row) => Top + (row * RowHeight) + 30;

    private static string Exact(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
