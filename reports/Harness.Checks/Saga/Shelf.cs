using Harness.Records;

namespace Harness.Checks.Saga;

/// <summary>The stock of one product while its journal is replayed.</summary>
internal sealed class Shelf(AuditedProduct product)
{
    private long _onHand = product.InitialStock;
    private bool _missingReported;

    public string Sku => product.Sku;

    public long Reserved { get; private set; }

    public long Sold { get; private set; }

    /// <summary>How many more were promised than there were, at the worst moment.</summary>
    public long MostMissing { get; private set; }

    public void Apply(StockMovement movement, Findings findings)
    {
        if (movement.Quantity <= 0)
            findings.Add($"Movement {movement.Sequence} of product {Sku} moves {movement.Quantity} units.", movement.OrderId);

        Move(movement, findings);
        if (_onHand < 0 || Reserved < 0 || _onHand < Reserved)
            ReportMissing(movement, findings);
        if (_onHand != movement.OnHand || Reserved != movement.Reserved)
        {
            findings.Add(
                $"After movement {movement.Sequence} ({movement.Kind} {movement.Quantity}) product {Sku} should have {_onHand} on hand and {Reserved} reserved, "
                    + $"but the journal says {movement.OnHand} and {movement.Reserved}.", movement.OrderId);

            // Go on from what the service believed, so that one slip is reported once.
            (_onHand, Reserved) = (movement.OnHand, movement.Reserved);
        }
    }

    public void CompareWithProduct(Findings findings)
    {
        if (_onHand != product.OnHand || Reserved != product.Reserved)
        {
            findings.Add(
                $"The journal of product {Sku} ends with {_onHand} on hand and {Reserved} reserved, but the product has {product.OnHand} and {product.Reserved}.");
        }
    }

    private void Move(StockMovement movement, Findings findings)
    {
        switch (movement.Kind)
        {
            case OrderWords.Restock:
                _onHand += movement.Quantity;
                break;
            case OrderWords.Reserve:
                Reserved += movement.Quantity;
                break;
            case OrderWords.Release:
                Reserved -= movement.Quantity;
                break;
            case OrderWords.Commit:
                Reserved -= movement.Quantity;
                _onHand -= movement.Quantity;
                Sold += movement.Quantity;
                break;
            default:
                findings.Add($"Movement {movement.Sequence} of product {Sku} is a '{movement.Kind}', which is no known movement.", movement.OrderId);
                break;
        }
    }

    private void ReportMissing(StockMovement movement, Findings findings)
    {
        long missing = Math.Max(Reserved - _onHand, Math.Max(-_onHand, -Reserved));
        MostMissing = Math.Max(MostMissing, missing);
        if (_missingReported)
            return;

        _missingReported = true;
        findings.Add(
            $"After movement {movement.Sequence} ({movement.Kind} {movement.Quantity} for order {movement.OrderId ?? "none"}) product {Sku} had {_onHand} on hand "
                + $"and {Reserved} reserved.", movement.OrderId);
    }
}
