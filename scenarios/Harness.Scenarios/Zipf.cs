namespace Harness.Scenarios;

/// <summary>Draws ranks as popularity has them: rank k is drawn in proportion to 1/kˢ.</summary>
internal sealed class Zipf
{
    private readonly double[] _cumulative;

    /// <param name="count">Ranks from 1 to this.</param>
    /// <param name="exponent">s; the larger, the more of the draws go to the first ranks.</param>
    public Zipf(int count, double exponent)
    {
        _cumulative = new double[count];
        double sum = 0;
        for (int rank = 1; rank <= count; rank++)
            _cumulative[rank - 1] = sum += Math.Pow(rank, -exponent);
        for (int i = 0; i < count; i++)
            _cumulative[i] /= sum;
    }

    /// <summary>A rank from 1, by inversion of the distribution function.</summary>
    public int Draw(Random random)
    {
        int found = Array.BinarySearch(_cumulative, random.NextDouble());
        int rank = found >= 0 ? found + 2 : ~found + 1;
        return Math.Min(rank, _cumulative.Length);
    }
}
