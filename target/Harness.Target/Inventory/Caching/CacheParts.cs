using Harness.Target.Inventory.Caching.WriteBack;

namespace Harness.Target.Inventory.Caching;

/// <summary>Puts the cache together as the switches say.</summary>
internal static class CacheParts
{
    public static void Add(IServiceCollection services, ServiceOptions options)
    {
        var fillsLate = options.Bug == Bug.CacheFilledAfterInvalidation;
        var keepsNewer = options.CacheWrites != CacheWrites.Aside && !fillsLate;
        services.AddSingleton<CacheMetrics>().AddSingleton<CacheLink>().AddSingleton<PriceWriter>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ProductLoader>(provider, options.CacheWrites == CacheWrites.Back));
        services.AddSingleton(provider =>
            new TimeToLive(() => provider.GetRequiredService<Chaos.LiveSettings>().CacheTtl, options.TtlJitter == TtlJitter.On, new Random(options.Seed)));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ProductEntries>(
            provider, options.FailSafe == FailSafe.On ? ProductCache.StaleMax : TimeSpan.Zero));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<EntryOrder>(provider, options.CacheWrites != CacheWrites.Back));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<CacheFill>(provider, keepsNewer, fillsLate));
        AddLoads(services, options.Bug == Bug.NoStampedeLock ? Stampede.None : options.Stampede);
        AddWrites(services, options);
        services.AddSingleton(provider => new ProductCache(
            provider.GetRequiredService<ProductEntries>(),
            provider.GetRequiredService<ProductLoader>(),
            provider.GetRequiredService<IProductLoads>(),
            provider.GetRequiredService<IProductWrites>(),
            provider.GetRequiredService<EntryOrder>(),
            provider.GetRequiredService<CacheMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            options.Stampede == Stampede.Early ? new EarlyRefresh(provider.GetRequiredService<TimeProvider>(), new Random(options.Seed)) : null,
            options.FailSafe == FailSafe.On));
        services.AddSingleton<IProductChanges>(provider => provider.GetRequiredService<ProductCache>());
    }

    private static void AddLoads(IServiceCollection services, Stampede stampede)
    {
        if (stampede == Stampede.None)
            services.AddSingleton<IProductLoads, UnprotectedLoads>();
        else
            services.AddSingleton<LoadLock>().AddSingleton<IProductLoads, LockedLoads>();
    }

    private static void AddWrites(IServiceCollection services, ServiceOptions options)
    {
        if (options.CacheWrites == CacheWrites.Aside)
        {
            services.AddSingleton<IProductWrites, WriteAside>();
            return;
        }

        var writesBack = options.CacheWrites == CacheWrites.Back;
        services.AddSingleton<EntryRefresher>().AddSingleton(provider => ActivatorUtilities.CreateInstance<WriteThrough>(provider, writesBack));
        if (!writesBack)
        {
            services.AddSingleton<IProductWrites>(provider => options.Bug == Bug.WriteThroughAcknowledgedEarly
                ? ActivatorUtilities.CreateInstance<WriteThroughEarly>(provider)
                : provider.GetRequiredService<WriteThrough>());
            return;
        }

        services.AddSingleton<DirtyProducts>().AddSingleton<WriteBackTally>();
        services.AddSingleton<IProductWrites>(provider => ActivatorUtilities.CreateInstance<WriteBackWrites>(provider, options.WriteBackMax));
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<WriteBackFlusher>(provider, options.WriteBackEvery));
    }
}
