using System.Diagnostics;
using Harness.Chaos.Conducting;

namespace Harness.Chaos.Tests.Conducting;

public sealed class MachineTimeTests
{
    [Fact]
    public void Others_have_what_is_not_ours()
    {
        var before = new MachineTime(All: 1000, Ours: 300, Possible: 4000);

        Assert.Equal(0.25, new MachineTime(All: 1150, Ours: 400, Possible: 4200).OthersSince(before));
        Assert.Equal(0, new MachineTime(All: 1100, Ours: 400, Possible: 4200).OthersSince(before));
        Assert.Equal(0, before.OthersSince(before));
    }

    [Fact]
    public void What_a_child_had_stays_ours_when_it_has_ended()
    {
        Assert.SkipUnless(MachineTime.Read() is not null, "Reads /proc.");
        MachineTime before = MachineTime.Read()!.Value;

        using (Process busy = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done"]))!)
            busy.WaitForExit();

        MachineTime after = MachineTime.Read()!.Value;
        Assert.True(after.Ours - before.Ours >= 5, $"{after.Ours - before.Ours} ticks");
        Assert.InRange(after.OthersSince(before), 0, 1);
    }
}
