namespace Harness.Load.Bench;

internal static class BenchMath
{
    /// <summary>The upper one when there are two in the middle.</summary>
    public static double Median<T>(IReadOnlyCollection<T> samples, Func<T, double> value) =>
        samples.Select(value).Order().ElementAt(samples.Count / 2);
}
