namespace Harness.Cli.Loading;

/// <summary>A row of numbers as a row of bars, one letter each.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>The largest is the highest bar, 0 the lowest; empty for no numbers.</summary>
    public static string Of(IReadOnlyList<double> numbers)
    {
        double most = numbers.Count == 0 ? 0 : numbers.Max();
        return string.Concat(numbers.Select(number => Bars[most > 0 ? (int)Math.Min(Bars.Length - 1, number / most * Bars.Length) : 0]));
    }
}
