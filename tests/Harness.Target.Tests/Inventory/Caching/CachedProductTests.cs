using Harness.Target.Inventory;
using Harness.Target.Inventory.Caching;

namespace Harness.Target.Tests.Inventory.Caching;

public sealed class CachedProductTests
{
    private static readonly Product Kettle = new("sku-0001", "calm kettle", 1250, 7, 42);

    [Fact]
    public void Comes_back_from_its_bytes()
    {
        var entry = CachedProduct.Of(Kettle, new DateTimeOffset(2020, 2, 3, 4, 5, 6, TimeSpan.Zero), TimeSpan.FromMicroseconds(120));
        var read = CachedProduct.Read(entry.ToBytes())!;

        Assert.Equal((42, entry.FreshUntil, entry.LoadTook), (read.Version, read.FreshUntil, read.LoadTook));
        Assert.Equal(Kettle, read.ToProduct());
    }

    [Fact]
    public void Takes_bytes_that_are_not_its_own_for_nothing()
    {
        var sound = CachedProduct.Of(Kettle, DateTimeOffset.UnixEpoch, TimeSpan.Zero).ToBytes();
        byte[] otherFormat = [2, .. sound[1..]];
        byte[] noSuchTime = [.. sound[..9], .. Enumerable.Repeat((byte)0xff, 8), .. sound[17..]];

        Assert.All([null, [], sound[..25], otherFormat, noSuchTime, "{\"sku\":\"sku-0001\"}"u8.ToArray()], bytes => Assert.Null(CachedProduct.Read(bytes)));
        Assert.NotNull(CachedProduct.Read(sound));
    }
}
