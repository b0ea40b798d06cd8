using Harness.Records;

namespace Harness.Reports.Charts;

/// <summary>Counts of latencies by time and size: what a line of quantiles hides, two humps above all.</summary>
/// <param name="ColumnSeconds">How much time a column covers.</param>
/// <param name="Cells">Three numbers a cell: where its column begins, in seconds since the run's start; its row; how many it counts. Row
/// r holds the values from 10^(r/8) to 10^((r+1)/8) µs.</param>
internal sealed record ChartHeat(double ColumnSeconds, IReadOnlyList<double> Cells)
{
    private const int RowsADecade = 8;

    // More are narrower than a pixel or two, and an hour's page has to stay small.
    private const int MostColumns = 240;

    /// <summary>Null when nothing was measured.</summary>
    public static ChartHeat? Of(IReadOnlyCollection<LatencyInterval> intervals)
    {
        if (intervals.Count == 0)
            return null;

        double from = intervals.Min(l => l.Start).TotalSeconds;
        double length = intervals.Max(l => l.Start + l.Length).TotalSeconds - from;
        double column = Math.Max(1, Math.Ceiling(length / MostColumns));
        var counts = new SortedDictionary<(int Column, int Row), long>();
        foreach (LatencyInterval interval in intervals)
        {
            // By its middle: an interval may begin a moment before the second that it stands for.
            int place = (int)(((interval.Start + (interval.Length / 2)).TotalSeconds - from) / column);
            foreach (var value in interval.Microseconds.RecordedValues())
            {
                var cell = (place, Row(value.ValueIteratedTo));
                counts[cell] = counts.GetValueOrDefault(cell) + value.CountAtValueIteratedTo;
            }
        }

        return new ChartHeat(column, [.. counts.SelectMany(c => new[] { Math.Round(from + c.Key.Column * column, 2), c.Key.Row, c.Value })]);
    }

    private static int Row(long microseconds) => (int)Math.Floor(Math.Log10(Math.Max(1, microseconds)) * RowsADecade);
}
