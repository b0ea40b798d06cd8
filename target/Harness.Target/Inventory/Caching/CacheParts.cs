namespace Harness.Target.Inventory.Caching;

/// <summary>Puts the cache together as the switches say.</summary>
internal static class CacheParts
{
    public static void Add(IServiceCollection services, ServiceOptions options)
    {
        var keepsNewer = options.CacheWrites != CacheWrites.Aside;
        services.AddSingleton<CacheMetrics>().AddSingleton<CacheLink>().AddSingleton<ProductLoader>();
        services.AddSingleton(new TimeToLive(options.CacheTtl, options.TtlJitter == TtlJitter.On, new Random(options.Seed)));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ProductEntries>(
            provider, options.FailSafe == FailSafe.On ? ProductCache.StaleMax : TimeSpan.Zero));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<CacheFill>(provider, keepsNewer));
        AddLoads(services, options.Stampede);
        AddWrites(services, options.CacheWrites);
        services.AddSingleton(provider => new ProductCache(
            provider.GetRequiredService<ProductEntries>(),
            provider.GetRequiredService<ProductLoader>(),
            provider.GetRequiredService<IProductLoads>(),
            provider.GetRequiredService<IProductWrites>(),
            provider.GetRequiredService<CacheMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            options.Stampede == Stampede.Early ? new EarlyRefresh(provider.GetRequiredService<TimeProvider>(), new Random(options.Seed)) : null,
            options.FailSafe == FailSafe.On));
    }

    private static void AddLoads(IServiceCollection services, Stampede stampede)
    {
        if (stampede == Stampede.None)
            services.AddSingleton<IProductLoads, UnprotectedLoads>();
        else
            services.AddSingleton<LoadLock>().AddSingleton<IProductLoads, LockedLoads>();
    }

    private static void AddWrites(IServiceCollection services, CacheWrites writes)
    {
        if (writes == CacheWrites.Aside)
            services.AddSingleton<IProductWrites, WriteAside>();
        else
            services.AddSingleton<EntryRefresher>().AddSingleton<IProductWrites, WriteThrough>();
    }
}
