using CsCheck;
using Harness.Toxiproxy.Loops;

namespace Harness.Toxiproxy.Tests.Loops;

public sealed class TimerHeapTests
{
    [Fact]
    public void Timers_come_out_in_order_however_they_were_armed_moved_and_removed() =>
        Gen.Select(Gen.Int[0, 19], Gen.Int[0, 1000], Gen.Bool).Array[0, 200].Sample(steps =>
        {
            var heap = new TimerHeap();
            LoopTimer[] timers = [.. Enumerable.Range(0, 20).Select(_ => new LoopTimer(() => { }))];
            var expected = new Dictionary<LoopTimer, int>();
            foreach ((int which, int due, bool arm) in steps)
            {
                if (arm)
                    heap.Set(timers[which], TimeSpan.FromTicks(expected[timers[which]] = due));
                else if (expected.Remove(timers[which]) || true)
                    heap.Remove(timers[which]);
            }
            var popped = new List<int>();
            while (heap.NextDue is not null)
                popped.Add((int)heap.Pop().Due.Ticks);
            return popped.SequenceEqual(expected.Values.Order());
        });
}
