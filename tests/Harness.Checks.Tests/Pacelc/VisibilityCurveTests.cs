using Harness.Checks.Pacelc;
using Harness.Records;
using static Harness.Checks.Tests.Pacelc.HandMade;

namespace Harness.Checks.Tests.Pacelc;

public sealed class VisibilityCurveTests
{
    [Fact]
    public void Counts_reads_by_the_time_since_the_write_was_acknowledged()
    {
        // The write is acknowledged at 1.000; reads 3 ms, 40 ms and 300 ms later, of which the first does not see it.
        VisibilityCurve curve = Of(Write(2, 0.999), Read(1, 1.003), Read(2, 1.040), Read(3, 1.300));

        Assert.Equal([(5.0, 0L, 1L), (50.0, 1L, 1L), (500.0, 1L, 1L)], curve.Points.Select(point => (point.Until.TotalMilliseconds, point.Seen.Hits, point.Seen.Count)));
        Assert.Equal(TimeSpan.FromMilliseconds(5), curve.At99);
    }

    [Fact]
    public void Is_full_at_once_where_every_read_saw_every_write() =>
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (Of(Write(2, 1), Read(2, 2)).At99!.Value, Of(Write(2, 1), Read(2, 2)).At999!.Value));

    [Fact]
    public void Is_never_full_where_the_last_reads_did_not_see_it() => Assert.Null(Of(Write(2, 1), Read(1, 2)).At99);

    [Fact]
    public void Leaves_out_pairs_that_lie_too_far_apart_and_reads_that_began_before() =>
        Assert.Empty(Of(Write(2, 1), Read(1, 0.5), Read(1, 1.001), Read(1, 21.002)).Points);

    private static VisibilityCurve Of(params Operation[] history) => VisibilityCurve.Of([(history, _ => true)]);
}
