using System.Collections.Concurrent;
using Harness.Toxiproxy.Logs;
using Harness.Toxiproxy.Planes;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Proxies;

/// <summary>The proxies of a server. Readers never wait; changes come one after the other, and none of them waits for a peer.</summary>
internal sealed class ProxyCollection(IDataPlane plane, JsonLog log, int seed, TimeProvider time) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ServedProxy> _proxies = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _changing = new(1);

    public IEnumerable<ServedProxy> All => _proxies.Values.OrderBy(p => p.Name, StringComparer.Ordinal);

    /// <summary>A clock that no clock change moves; leases end by it.</summary>
    public TimeSpan Now => time.GetElapsedTime(0);

    /// <exception cref="ApiException">There is none of that name.</exception>
    public ServedProxy Get(string name) => _proxies.GetValueOrDefault(name) ?? throw ApiException.ProxyNotFound();

    public async Task<ServedProxy> CreateAsync(NewProxy wanted, CancellationToken cancellationToken)
    {
        ListenAddress address = await ListenAddress.ResolveAsync(wanted.Listen, cancellationToken);
        return await ChangeAsync(() =>
        {
            if (_proxies.ContainsKey(wanted.Name))
                throw ApiException.ProxyExists();
            return Task.FromResult(Add(wanted, address));
        }, cancellationToken);
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken) => await ChangeAsync(async () =>
    {
        ServedProxy proxy = Get(name);
        await proxy.StopAsync();
        _proxies.TryRemove(name, out _);
        return proxy;
    }, cancellationToken);

    /// <summary>Changes what is given and keeps what is null.</summary>
    public async Task<ServedProxy> UpdateAsync(string name, ProxyUpdate update, CancellationToken cancellationToken)
    {
        ServedProxy before = Get(name);
        ListenAddress address = await ListenAddress.ResolveAsync(update.Listen ?? before.State.Listen, cancellationToken);
        return await ChangeAsync(async () =>
        {
            ServedProxy proxy = Get(name);
            if (address.EndPoint is null)
                throw ApiException.Internal(address.Problem!);
            await UpdateAsync(proxy, update, address);
            return proxy;
        }, cancellationToken);
    }

    /// <summary>Creates or replaces the given proxies, in order. <paramref name="done"/> receives each as it is done, so that the caller has
    /// those before a failure.</summary>
    public async Task PopulateAsync(IReadOnlyList<NewProxy> wanted, ICollection<ServedProxy> done, CancellationToken cancellationToken)
    {
        ListenAddress[] addresses = await Task.WhenAll(wanted.Select(w => ListenAddress.ResolveAsync(w.Listen, cancellationToken)));
        await ChangeAsync(async () =>
        {
            for (int i = 0; i < wanted.Count; i++)
                done.Add(await AddOrReplaceAsync(wanted[i], addresses[i]));
            return done;
        }, cancellationToken);
    }

    /// <summary>Enables every proxy and removes every toxic.</summary>
    public async Task ResetAsync(CancellationToken cancellationToken) => await ChangeAsync(async () =>
    {
        foreach (ServedProxy proxy in All)
        {
            if (!proxy.State.Enabled)
                proxy.Start(await ListenAddress.ResolveAsync(proxy.State.Listen, cancellationToken));
            await proxy.ChangeToxicsAsync(ToxicChain.Empty);
        }
        return true;
    }, cancellationToken);

    /// <summary>Changes the toxics of a proxy; <paramref name="change"/> gets those it has and throws what the caller is to be told.</summary>
    public async Task ChangeToxicsAsync(string name, Func<ToxicChain, ToxicChain> change, CancellationToken cancellationToken) =>
        await ChangeAsync(async () =>
        {
            ServedProxy proxy = Get(name);
            await proxy.ChangeToxicsAsync(change(proxy.Chain));
            return true;
        }, cancellationToken);

    /// <summary>Heals every fault whose lease has ended.</summary>
    /// <returns>When the next lease ends; null when there is none.</returns>
    public async Task<TimeSpan?> HealExpiredAsync(CancellationToken cancellationToken) => await ChangeAsync(async () =>
    {
        foreach (ServedProxy proxy in All)
            await HealAsync(proxy, cancellationToken);
        return NextLeaseEnd();
    }, cancellationToken);

    /// <summary>When the next lease ends; null when there is none.</summary>
    public TimeSpan? NextLeaseEnd() => _proxies.Values
        .SelectMany(p => p.Chain.All.Select(t => t.LeaseEnds).Append(p.State.LeaseEnds))
        .Where(ends => ends is not null)
        .Min();

    public async ValueTask DisposeAsync()
    {
        foreach (ServedProxy proxy in All)
            await proxy.StopAsync();
        _changing.Dispose();
    }

    private ServedProxy Add(NewProxy wanted, ListenAddress address)
    {
        var proxy = new ServedProxy(plane, log, seed, wanted);
        if (wanted.Enabled)
            proxy.Start(address);
        _proxies[wanted.Name] = proxy;
        return proxy;
    }

    private async Task<ServedProxy> AddOrReplaceAsync(NewProxy wanted, ListenAddress address)
    {
        if (!_proxies.TryGetValue(wanted.Name, out ServedProxy? old))
            return Add(wanted, address);
        if (address.EndPoint is null)
            throw ApiException.Internal(address.Problem!);
        if (!address.DiffersFrom(old.State.Listen) && wanted.Upstream == old.State.Upstream)
            return old;
        await old.StopAsync();
        return Add(wanted, address);
    }

    private async Task HealAsync(ServedProxy proxy, CancellationToken cancellationToken)
    {
        if (proxy.Chain.All.Any(Ended))
            await proxy.ChangeToxicsAsync(proxy.Chain.WithoutAll(Ended));
        if (proxy.State.LeaseEnds is { } ends && ends <= Now)
        {
            // Once: an address that cannot be had now would otherwise be tried for ever.
            proxy.SetLease(null);
            proxy.Start(await ListenAddress.ResolveAsync(proxy.State.Listen, cancellationToken));
        }

        bool Ended(ToxicDefinition toxic) => toxic.LeaseEnds <= Now;
    }

    private async Task UpdateAsync(ServedProxy proxy, ProxyUpdate update, ListenAddress address)
    {
        ProxyState state = proxy.State;
        bool enable = update.Enabled ?? state.Enabled;
        string upstream = update.Upstream ?? state.Upstream;
        bool moves = address.DiffersFrom(state.Listen);
        if (moves || !enable)
            await proxy.StopAsync();
        if (moves)
            proxy.Move(address.Text);
        if (upstream != state.Upstream)
            await proxy.RedirectAsync(upstream);
        if (enable && !proxy.State.Enabled)
            proxy.Start(address);
        if (!enable && (update.Lease is not null || update.Enabled is not null))
            proxy.SetLease(Now + update.Lease);
    }

    private async Task<T> ChangeAsync<T>(Func<Task<T>> change, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            return await change();
        }
        finally
        {
            _changing.Release();
        }
    }
}
