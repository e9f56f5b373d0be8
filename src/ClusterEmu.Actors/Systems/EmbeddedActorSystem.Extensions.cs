namespace ClusterEmu.Actors;

internal sealed partial class EmbeddedActorSystem
{
    private readonly Dictionary<Type, Lazy<object>> _extensions = [];

    public override object RegisterExtension(IExtensionId extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        Lazy<object>? made;
        lock (_extensions)
            if (!_extensions.TryGetValue(extension.ExtensionType, out made))
                _extensions[extension.ExtensionType] = made = new Lazy<object>(() => extension.CreateExtension(this));
        return made.Value;
    }

    public override object GetExtension(IExtensionId extensionId)
    {
        TryGetExtension(extensionId.ExtensionType, out var extension);
        return extension;
    }

    public override T GetExtension<T>()
    {
        TryGetExtension<T>(out var extension);
        return extension;
    }

    public override bool HasExtension(Type type)
    {
        lock (_extensions) return _extensions.ContainsKey(type);
    }

    public override bool HasExtension<T>() => HasExtension(typeof(T));

    public override bool TryGetExtension(Type extensionType, out object extension)
    {
        Lazy<object>? made;
        lock (_extensions) _extensions.TryGetValue(extensionType, out made);
        extension = made?.Value!;
        return made is not null;
    }

    public override bool TryGetExtension<T>(out T extension)
    {
        var found = TryGetExtension(typeof(T), out var made);
        extension = (T)made!;
        return found;
    }
}
